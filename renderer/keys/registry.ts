import type { Region } from '../../contract/features/windows.ts';
import { createLostField, type Held } from './lostField.ts';

/** The region of the screen a key belongs to; a key without one works everywhere. */
export type KeyScope = Region;

/** One key and what it does. */
export interface Shortcut {
  readonly id: string;
  /** `ctrl+k`, `space`, `alt+shift+1`, `c`, `?`; several where one thing has several keys, none where it is in the palette alone. */
  readonly keys: readonly string[];
  /** i18n key of the sentence on the sheet. */
  readonly label: string;
  /** i18n key of what the sentence is about, its `{{of}}`. */
  readonly of?: string;
  readonly scope?: KeyScope;
  /** Of what stands over the window while it is there: it goes before the keys of regions. */
  readonly front?: boolean;
  /** Works while a person is typing, too. */
  readonly whileTyping?: boolean;
  /** Works on a control reached by keyboard, too, whose own meaning of the key gives way. */
  readonly overControl?: boolean;
  /** Acts again and again while it is held down: for what only moves a mark. */
  readonly repeats?: boolean;
  /** Not on the sheet: a second way to something that is. */
  readonly unlisted?: boolean;
  enabled?(): boolean;
  run(): void;
}

/** What of a keyboard event the registry looks at. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  /** Held down: a key acts once a press, but for those that repeat. */
  readonly repeat: boolean;
}

/** Where and when the key was pressed. */
export interface KeyPlace {
  /** The region that has the attention. */
  readonly scope: KeyScope | null;
  /** In a text field: only keys that say so work. */
  readonly typing: boolean;
  /** On a control reached by keyboard, for which Space, Enter and arrows have a meaning of their own. */
  readonly onControl: boolean;
  /** An input method is composing, or this very key ends its composition: the key is the input method's. */
  readonly composing: boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly at: number;
}

/** What became of a key: it acted, it stands for nothing here, or it was kept from acting because a field had gone. */
export type KeyOutcome = 'acted' | 'nothing' | 'kept';

/** All keys of a window. */
export interface KeyRegistry {
  /** @returns takes the key out again */
  add(shortcut: Shortcut): () => void;
  list(): readonly Shortcut[];
  /** Runs what the key stands for, unless it was meant for a field that has gone. */
  press(press: KeyPress, place: KeyPlace): KeyOutcome;
  /** A field has gone without the person's doing, last used at `at`: see {@link createLostField}. */
  fieldLost(held: Held, at: number): void;
  /** A field has the caret. */
  fieldFound(): void;
  /** A person pressed a pointer. */
  pointed(): void;
  subscribe(listener: () => void): () => void;
}

const OWN_KEYS = new Set(['space', 'enter', 'arrowup', 'arrowdown', 'arrowleft', 'arrowright']);

/**
 * The key in the registry's spelling. Letters and digits are taken from their place on the keyboard where an input method
 * or Alt hides the character.
 */
export function spell(press: KeyPress): string {
  const physical = /^(?:Key([A-Z])|Digit(\d))$/.exec(press.code);
  const character = press.key.toLowerCase();
  const plain = /^[a-z0-9]$/.test(character);
  let name = character === ' ' || press.code === 'Space' ? 'space' : character;
  if (physical && (!plain || press.altKey)) {
    const printable = character.length === 1 && character.charCodeAt(0) < 128;
    if (press.altKey || press.ctrlKey || !printable) name = (physical[1] ?? physical[2] ?? name).toLowerCase();
  }
  const shifted = press.shiftKey && (name.length > 1 || /[a-z0-9]/.test(name));
  return [
    press.ctrlKey || press.metaKey ? 'ctrl+' : '',
    press.altKey ? 'alt+' : '',
    shifted ? 'shift+' : '',
    name,
  ].join('');
}

export function createKeyRegistry(): KeyRegistry {
  let shortcuts: readonly Shortcut[] = [];
  const listeners = new Set<() => void>();
  const lostField = createLostField();
  const changed = (next: readonly Shortcut[]) => {
    shortcuts = next;
    for (const listener of [...listeners]) listener();
  };

  return {
    add(shortcut) {
      changed([...shortcuts, shortcut]);
      return () => changed(shortcuts.filter((other) => other !== shortcut));
    },
    list: () => shortcuts,
    press(press, place) {
      if (place.composing) return 'nothing';
      const key = spell(press);
      if (!place.typing && lostField.keeps(key, place.at)) return 'kept';
      const controls = place.onControl && OWN_KEYS.has(key);
      const fits = shortcuts.filter(
        (shortcut) =>
          shortcut.keys.includes(key) &&
          (!press.repeat || shortcut.repeats === true) &&
          (shortcut.scope === undefined || shortcut.scope === place.scope) &&
          (!place.typing || shortcut.whileTyping === true) &&
          (!controls || shortcut.overControl === true) &&
          (shortcut.enabled?.() ?? true),
      );
      const chosen =
        fits.findLast(({ front }) => front === true) ??
        fits.findLast(({ scope }) => scope !== undefined) ??
        fits.at(-1);
      chosen?.run();
      return chosen === undefined ? 'nothing' : 'acted';
    },
    fieldLost: lostField.lost,
    fieldFound: lostField.found,
    pointed: lostField.pointed,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import { createContext, type ReactNode, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { KeyPlace, KeyRegistry, KeyScope, Shortcut } from './registry.ts';
import { watchCaret } from './watchCaret.ts';

const KeysContext = createContext<KeyRegistry | null>(null);

// Nothing is written in a slider: arrows move it, and letters are commands beside it.
const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=range]), textarea, select, [contenteditable=true]';
const CONTROL =
  'button, a[href], summary, [role=button], [role=menuitem], [role=menuitemradio], [role=option], [role=switch], [role=tab], [role=separator], [role=radio], input';

/** Milliseconds after the end of a composition in which the key that ended it may still come. */
const COMPOSED_MS = 50;

/** Whether a key belongs to an input method: it composes, or takes the key that ends its composition. */
export function isComposing(event: { isComposing: boolean; keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229;
}

/**
 * Listens for keys on the window and gives them to the registry.
 * @param props.scope says which region has the attention
 * @param props.onKept a key was kept from acting, because the field it was meant for had gone
 */
export function KeysProvider(props: {
  keys: KeyRegistry;
  scope: () => KeyScope | null;
  onKept: () => void;
  children: ReactNode;
}) {
  const { keys, scope, onKept, children } = props;
  const latest = useRef({ scope, onKept });
  latest.current = { scope, onKept };

  useEffect(() => {
    // A button that was clicked keeps the focus; Space there means "acknowledge", not "click again".
    let reachedByPointer = false;
    let composedAt = Number.NEGATIVE_INFINITY;
    const caret = watchCaret(
      document,
      {
        typing: (element) => element.matches(TYPING),
        control: (element) => element.matches(CONTROL) && !reachedByPointer,
      },
      { lost: keys.fieldLost, found: keys.fieldFound },
    );
    const onPointer = (event: Event) => {
      caret.beforePointer(event);
      reachedByPointer = true;
      keys.pointed();
    };
    const onComposed = (event: Event) => {
      composedAt = event.timeStamp;
    };
    const onKey = (event: KeyboardEvent) => {
      caret.beforeKey(event);
      if (event.key === 'Tab' || event.key.startsWith('Arrow')) reachedByPointer = false;
      if (event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      const typing = target?.matches(TYPING) ?? false;
      // A held Enter would press a button or send a form again and again.
      if (event.repeat && event.key === 'Enter' && !(target instanceof HTMLTextAreaElement)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      // The map moves by arrows and answers Enter itself, a list has arrows and Enter; Space stays the alarm's everywhere.
      const onMap = (target?.matches('canvas') ?? false) && event.key !== ' ' && !reachedByPointer;
      const inList =
        target?.closest('[role=menu], [role=listbox], [role=dialog]') != null &&
        !(target.matches('[role=listbox]') && event.key === ' ');
      // Where nothing is typed, a letter that an input method has taken is the letter on the key.
      const composing =
        event.isComposing || (typing && (isComposing(event) || event.timeStamp - composedAt < COMPOSED_MS));
      const place: KeyPlace = {
        scope: latest.current.scope(),
        typing,
        onControl: onMap || inList || ((target?.matches(CONTROL) ?? false) && !reachedByPointer),
        composing,
        at: event.timeStamp,
      };
      const outcome = keys.press(event, place);
      if (outcome === 'nothing') return;
      if (outcome === 'kept') latest.current.onKept();
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('pointerdown', onPointer, true);
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('compositionend', onComposed, true);
    return () => {
      caret.stop();
      window.removeEventListener('pointerdown', onPointer, true);
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('compositionend', onComposed, true);
    };
  }, [keys]);

  return <KeysContext value={keys}>{children}</KeysContext>;
}

function useKeyRegistry(): KeyRegistry {
  const keys = useContext(KeysContext);
  if (keys === null) throw new Error('keys need a <KeysProvider> above them');
  return keys;
}

/** Keys that work while the component is on the screen. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const keys = useKeyRegistry();
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map((shortcut) => shortcut.id).join(' ');

  useEffect(() => {
    const find = (id: string) => latest.current.find((shortcut) => shortcut.id === id);
    const removals = signature
      .split(' ')
      .map(find)
      .filter((shortcut) => shortcut !== undefined)
      .map((shortcut) =>
        keys.add({
          ...shortcut,
          enabled: () => find(shortcut.id)?.enabled?.() ?? true,
          run: () => find(shortcut.id)?.run(),
        }),
      );
    return () => {
      for (const remove of removals) remove();
    };
  }, [keys, signature]);
}

/** Every key that works now, for the sheet. */
export function useShortcutList(): readonly Shortcut[] {
  const keys = useKeyRegistry();
  return useSyncExternalStore(keys.subscribe, keys.list);
}

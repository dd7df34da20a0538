/** What stood under the caret: text being typed, or a control reached by keyboard, for which Space and Enter were meant. */
export type Held = 'text' | 'control';

/**
 * Keeps keys from acting after the field they were meant for has gone without the person's doing: somebody else finished
 * the step, another window chose something, the region was torn off. What is left of the sentence would run as commands.
 */
export interface LostField {
  /** The field has gone. @param at when it was last used, ms of any clock that only goes forward */
  lost(held: Held, at: number): void;
  /** A person pressed a pointer: the next key is meant. */
  pointed(): void;
  /** A field has the caret again. */
  found(): void;
  /**
   * Whether this key is kept from acting. It acts again after a pointer or a key that writes nothing was pressed on
   * purpose, and a second without typing.
   * @param key in the registry's spelling
   */
  keeps(key: string, at: number): boolean;
}

/** Milliseconds without typing before a key can be meant as a command again. */
const QUIET_MS = 1000;
const MODIFIERS = new Set(['shift', 'control', 'alt', 'meta', 'capslock', 'altgraph', 'fn']);
/** Keys that somebody presses who believes to be in a text field. */
const WRITES = new Set(['space', 'enter', 'backspace', 'delete', 'process', 'dead', 'unidentified']);
const CONTROL_KEYS = new Set(['space', 'enter']);

/** @param key in the registry's spelling */
function bare(key: string): { name: string; command: boolean } {
  return { name: key.replace(/^(?:ctrl\+|alt\+|shift\+)+(?=.)/, ''), command: /^(?:ctrl|alt)\+/.test(key) };
}

export function createLostField(): LostField {
  let held: Held | null = null;
  let quietSince = 0;
  let meant = false;
  return {
    lost(what, at) {
      held = what;
      quietSince = at;
      meant = false;
    },
    pointed() {
      meant = true;
    },
    found() {
      held = null;
    },
    keeps(key, at) {
      if (held === null) return false;
      const { name, command } = bare(key);
      if (MODIFIERS.has(name)) return false;
      const quiet = at - quietSince >= QUIET_MS;
      if (command || (name.length > 1 && !WRITES.has(name))) {
        if (quiet) meant = true;
        return false;
      }
      if (held === 'control' && !CONTROL_KEYS.has(name)) return false;
      if (meant && quiet) {
        held = null;
        return false;
      }
      quietSince = at;
      return true;
    },
  };
}

/** What stands on keys that are no letter, digit or sign, by their name in the registry. */
export const KEY_NAMES: Readonly<Record<string, string>> = {
  space: 'Space',
  enter: '↵ Enter',
  backspace: '⌫ Backspace',
  delete: 'Delete',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};

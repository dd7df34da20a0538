import { describe, expect, it } from 'vitest';
import { createKeyRegistry, type KeyPlace, type KeyPress, type Shortcut, spell } from './registry.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key)
    ? `Key${key.toUpperCase()}`
    : /^\d$/.test(key)
      ? `Digit${key}`
      : key === ' '
        ? 'Space'
        : key,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...more,
});
const anywhere: KeyPlace = { scope: null, typing: false, onControl: false };

describe('spell', () => {
  it.each([
    [press(' '), 'space'],
    [press('k', { ctrlKey: true }), 'ctrl+k'],
    [press('k', { metaKey: true }), 'ctrl+k'],
    [press('?', { code: 'Slash', shiftKey: true }), '?'],
    [press('!', { code: 'Digit1', altKey: true, shiftKey: true }), 'alt+shift+1'],
    [press('¡', { code: 'Digit1', altKey: true }), 'alt+1'],
    [press('Process', { code: 'KeyC' }), 'c'],
    [press('C', { shiftKey: true }), 'shift+c'],
    [press('ArrowUp'), 'arrowup'],
  ])('%o', (event, expected) => expect(spell(event)).toBe(expected));
});

describe('key registry', () => {
  function setUp() {
    const ran: string[] = [];
    const keys = createKeyRegistry();
    const add = (id: string, more: Partial<Shortcut> = {}) =>
      keys.add({ id, keys: ['a'], label: `keys:${id}`, run: () => ran.push(id), ...more });
    return { ran, keys, add };
  }

  it('prefers the key of the region that has the attention', () => {
    const { keys, ran, add } = setUp();
    add('plan', { scope: 'plan' });
    add('everywhere');
    keys.press(press('a'), { ...anywhere, scope: 'plan' });
    keys.press(press('a'), { ...anywhere, scope: 'alarms' });
    expect(ran).toEqual(['plan', 'everywhere']);
  });

  it('leaves text fields alone, except for keys that say otherwise', () => {
    const { keys, ran, add } = setUp();
    add('letter');
    add('palette', { keys: ['ctrl+k'], whileTyping: true });
    const typing = { ...anywhere, typing: true };
    expect(keys.press(press('a'), typing)).toBe(false);
    expect(keys.press(press('k', { ctrlKey: true }), typing)).toBe(true);
    expect(ran).toEqual(['palette']);
  });

  it('leaves Space, Enter and arrows to a control reached by keyboard', () => {
    const { keys, add } = setUp();
    add('acknowledge', { keys: ['space'] });
    expect(keys.press(press(' '), { ...anywhere, onControl: true })).toBe(false);
    expect(keys.press(press(' '), anywhere)).toBe(true);
  });

  it('takes the newest of two, skips the disabled, forgets the removed', () => {
    const { keys, ran, add } = setUp();
    add('old');
    const remove = add('new');
    add('disabled', { enabled: () => false });
    keys.press(press('a'), anywhere);
    remove();
    keys.press(press('a'), anywhere);
    expect(ran).toEqual(['new', 'old']);
  });
});

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
  repeat: false,
  ...more,
});
const anywhere: KeyPlace = { scope: null, typing: false, onControl: false, composing: false, at: 0 };
const at = (ms: number): KeyPlace => ({ ...anywhere, at: ms });

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

  it('prefers the key of what stands over the window to that of the region', () => {
    const { keys, ran, add } = setUp();
    const close = add('sheet', { front: true });
    add('plan', { scope: 'plan' });
    keys.press(press('a'), { ...anywhere, scope: 'plan' });
    close();
    keys.press(press('a'), { ...anywhere, scope: 'plan' });
    expect(ran).toEqual(['sheet', 'plan']);
  });

  it('acts once a press, but for what only moves a mark', () => {
    const { keys, ran, add } = setUp();
    add('act');
    add('move', { keys: ['arrowdown'], repeats: true });
    keys.press(press('a', { repeat: true }), anywhere);
    keys.press(press('ArrowDown', { repeat: true }), anywhere);
    expect(ran).toEqual(['move']);
  });

  it('leaves text fields alone, except for keys that say otherwise', () => {
    const { keys, ran, add } = setUp();
    add('letter');
    add('palette', { keys: ['ctrl+k'], whileTyping: true });
    const typing = { ...anywhere, typing: true };
    expect(keys.press(press('a'), typing)).toBe('nothing');
    expect(keys.press(press('k', { ctrlKey: true }), typing)).toBe('acted');
    expect(ran).toEqual(['palette']);
  });

  it('leaves Space, Enter and arrows to a control reached by keyboard', () => {
    const { keys, add } = setUp();
    add('acknowledge', { keys: ['space'] });
    expect(keys.press(press(' '), { ...anywhere, onControl: true })).toBe('nothing');
    expect(keys.press(press(' '), anywhere)).toBe('acted');
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

  it('lets a key held down act once', () => {
    const { keys, ran, add } = setUp();
    add('letter');
    keys.press(press('a'), anywhere);
    keys.press(press('a', { repeat: true }), anywhere);
    expect(ran).toEqual(['letter']);
  });

  it('leaves every key to an input method that composes, the one that ends the composition too', () => {
    const { keys, ran, add } = setUp();
    add('letter');
    add('palette', { keys: ['ctrl+k'], whileTyping: true });
    for (const typing of [true, false]) {
      keys.press(press('a'), { ...anywhere, typing, composing: true });
      keys.press(press('k', { ctrlKey: true }), { ...anywhere, typing, composing: true });
    }
    expect(ran).toEqual([]);
  });

  it('lets a key act on a control where it says so', () => {
    const { keys, ran, add } = setUp();
    add('confirm', { keys: ['enter'], overControl: true });
    keys.press(press('Enter'), { ...anywhere, onControl: true });
    expect(ran).toEqual(['confirm']);
  });
});

describe('after a field has gone under the hands', () => {
  function setUp() {
    const ran: string[] = [];
    const keys = createKeyRegistry();
    for (const key of ['a', '1', 'space', 'enter', '/', 'escape', 'arrowdown', 'alt+2', 'c', 'shift+c'])
      keys.add({ id: key, keys: [key], label: `keys:${key}`, run: () => ran.push(key) });
    return { ran, keys };
  }

  it('keeps the rest of the sentence from acting, however slowly it is typed', () => {
    const { keys, ran } = setUp();
    keys.fieldLost('text', 0);
    const sentence = [press('1'), press('c'), press(' '), press('/'), press('C', { shiftKey: true }), press('Enter')];
    for (const [i, key] of sentence.entries()) expect(keys.press(key, at(100 + i * 2500))).toBe('kept');
    expect(ran).toEqual([]);
  });

  it('lets a pointer, and a second without typing, make keys act again', () => {
    const { keys, ran } = setUp();
    keys.fieldLost('text', 0);
    keys.pointed();
    expect(keys.press(press('a'), at(400))).toBe('kept');
    expect(keys.press(press('a'), at(1300))).toBe('kept');
    expect(keys.press(press('a'), at(2400))).toBe('acted');
    expect(keys.press(press('1'), at(2450))).toBe('acted');
    expect(ran).toEqual(['a', '1']);
  });

  it('lets a key that writes nothing make keys act again, unless it was pressed while typing', () => {
    const { keys, ran } = setUp();
    keys.fieldLost('text', 0);
    keys.press(press('ArrowDown'), at(500));
    expect(keys.press(press('a'), at(1200))).toBe('kept');
    keys.press(press('ArrowDown'), at(2300));
    expect(keys.press(press('a'), at(2350))).toBe('acted');
    expect(ran).toEqual(['arrowdown', 'arrowdown', 'a']);
  });

  it.each([
    ['Escape', {}],
    ['2', { altKey: true }],
  ])('lets %s act at once, for it is no letter', (key, more) => {
    const { keys, ran } = setUp();
    keys.fieldLost('text', 0);
    expect(keys.press(press(key, more), at(10))).toBe('acted');
    expect(ran).toHaveLength(1);
  });

  it('is not ended by Shift, Backspace or an input method', () => {
    const { keys, ran } = setUp();
    keys.fieldLost('text', 0);
    for (const key of ['Shift', 'Backspace', 'Process', 'Delete']) keys.press(press(key, { code: key }), at(5000));
    expect(keys.press(press('a'), at(9000))).toBe('kept');
    expect(ran).toEqual([]);
  });

  it('takes only Space and Enter from a control that has gone', () => {
    const { keys, ran } = setUp();
    keys.fieldLost('control', 0);
    expect(keys.press(press(' '), at(5000))).toBe('kept');
    expect(keys.press(press('Enter'), at(9000))).toBe('kept');
    expect(keys.press(press('a'), at(9100))).toBe('acted');
    expect(ran).toEqual(['a']);
  });

  it('is over once a field has the caret', () => {
    const { keys } = setUp();
    keys.fieldLost('text', 0);
    keys.fieldFound();
    expect(keys.press(press('a'), at(10))).toBe('acted');
  });
});

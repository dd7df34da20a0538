import { describe, expect, it } from 'vitest';
import { best, fuzzy } from './fuzzy.ts';

describe('fuzzy', () => {
  it('finds every word that was typed, in any order, in any script', () => {
    expect(fuzzy('gate pump', 'Pump station at East Gate')).toBeGreaterThan(0);
    expect(fuzzy('东门 泵', '东门泵站水位')).toBeGreaterThan(0);
    expect(fuzzy('gate valve', 'Pump station at East Gate')).toBe(0);
  });

  it('puts the start of a word before its middle before scattered letters', () => {
    const names = ['unreadable', 'xx read', 'r.e.a.d', 'no'];
    expect(best('read', names, (n) => n, 9)).toEqual(['xx read', 'unreadable', 'r.e.a.d']);
  });

  it('keeps the order given while nothing is typed', () => {
    expect(best('', ['b', 'a', 'c'], (n) => n, 2)).toEqual(['b', 'a']);
  });
});

import { describe, expect, it } from 'vitest';
import { pageAfter, pageOf, shortNames } from './videoDesk.ts';

const watched = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('the page of the video region', () => {
  it('has all cameras, four, or one', () => {
    expect(pageOf(watched, { size: 9, at: 'c' })).toEqual({ cameras: watched, number: 0, pages: 1 });
    expect(pageOf(watched, { size: 4, at: 'e' })).toEqual({ cameras: ['e', 'f'], number: 1, pages: 2 });
    expect(pageOf(watched, { size: 1, at: 'c' })).toEqual({ cameras: ['c'], number: 2, pages: 6 });
  });

  it('is the first where its camera is not watched any more, and empty where none is', () => {
    expect(pageOf(watched, { size: 4, at: 'gone' }).cameras).toEqual(['a', 'b', 'c', 'd']);
    expect(pageOf([], { size: 1, at: 'gone' })).toEqual({ cameras: [], number: 0, pages: 1 });
  });

  it('goes on, and round', () => {
    expect(pageAfter(watched, { size: 4, at: null }, 1)).toBe('e');
    expect(pageAfter(watched, { size: 4, at: 'e' }, 1)).toBe('a');
    expect(pageAfter(watched, { size: 1, at: null }, -1)).toBe('f');
    expect(pageAfter([], { size: 1, at: null }, 1)).toBeNull();
  });
});

describe('names of pictures', () => {
  it('leave out what all begin with', () => {
    expect(shortNames(['滨河路下穿洞口东', '滨河路下穿洞口西', '滨河路下穿泵站侧'])).toEqual([
      '…洞口东',
      '…洞口西',
      '…泵站侧',
    ]);
  });

  it.each([[['滨河路东']], [['东门', '东港']], [['滨河路下穿', '滨河路下穿东']], [[]]])('stay whole: %j', (names) => {
    expect(shortNames(names)).toEqual(names);
  });
});

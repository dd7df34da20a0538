import { describe, expect, it } from 'vitest';
import { createTokenStore, takeToken } from './token.ts';

describe('token', () => {
  it.each([
    ['#token=abc', 'abc', ''],
    ['#/wall/north?token=abc', 'abc', '#/wall/north'],
    ['#/wall/north?x=1&token=abc', 'abc', '#/wall/north?x=1'],
    ['#/wall/north?token=abc&x=1', 'abc', '#/wall/north?x=1'],
    ['#token=abc&/wall/north', 'abc', '#/wall/north'],
    ['#token=a%2Bb', 'a+b', ''],
    ['#/situation', null, '#/situation'],
    ['#token=', null, ''],
    ['#token=%', null, ''],
    ['', null, ''],
  ])('is taken from %s and the route is kept', (hash, token, rest) => {
    expect(takeToken(hash)).toEqual({ token, rest });
  });

  it('leaves the address bar and stays for the tab', () => {
    const kept = new Map<string, string>();
    const shown: string[] = [];
    const page = (hash: string) => ({
      location: { hash, pathname: '/', search: '' },
      history: { state: null, replaceState: (_state: unknown, _unused: string, url: string) => void shown.push(url) },
      sessionStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      },
    });
    expect(createTokenStore(page('#/wall/north')).token()).toBe(null);
    expect(createTokenStore(page('#/wall/north?token=abc')).token()).toBe('abc');
    expect(shown).toEqual(['/#/wall/north']);
    const later = createTokenStore(page('#/wall/north'));
    expect(later.token()).toBe('abc');
    later.set('def');
    expect(createTokenStore(page('')).token()).toBe('def');
  });
});

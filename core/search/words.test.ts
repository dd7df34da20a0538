import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexedWords, typedWords } from './words.ts';

test('Chinese is found by pairs of neighbours, other scripts by words', () => {
  expect(indexedWords('第7号泵站，Pump-station 7 启动')).toBe('第 7 号泵 泵站 站 pump station 7 启动 动');
  expect(indexedWords('')).toBe('');
});

test.each([
  ['水', '"水"*'],
  ['积水深', '"积水" AND "水深"'],
  ['泵 pump', '"泵"* AND "pump"*'],
  ['《》—"*', null],
  ['a"b OR c*', '"a"* AND "b"* AND "or"* AND "c"*'],
])('%s is looked for as %s', (typed, query) => {
  expect(typedWords(typed)).toBe(query);
});

test('letters are looked for as pinyin initials too, where any pairs have them', () => {
  const byInitials = (letters: string) => ({ js: ['积水', '紧缩'], sp: ['水泡'] })[letters] ?? [];
  expect(typedWords('jsp', byInitials)).toBe('("jsp"* OR (("积水" OR "紧缩") AND ("水泡")))');
  expect(typedWords('jx', byInitials)).toBe('"jx"*');
});

test('whatever is indexed and typed, there are only words and pairs, and what was typed stays in quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(indexedWords(text)).not.toMatch(/["()*]/);
      expect(typedWords(text) ?? '""').toMatch(/^"[^"]*"\*?( AND "[^"]*"\*?)*$/);
    }),
  );
});

test('characters of two units beside others change nothing but what they are', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('水', 'か', 'カ', 'A', 'é', '7', ' ', '，', 'ー', 'ß', '١'), maxLength: 40 }),
      (text) => {
        const without = indexedWords(text).split(' ');
        const beside = indexedWords(`${text} 𠀀`).split(' ');
        expect(beside).toEqual([...without.filter(Boolean), '𠀀']);
      },
    ),
  );
});

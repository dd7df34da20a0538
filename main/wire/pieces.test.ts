import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginningOf, newestThatFit, pageFrom, partOf, shownConflicts, VIEW_CHARS } from './pieces.ts';

test('the newest that fit, at least one, and where they begin', () => {
  expect(newestThatFit(['a', 'b', 'c'], 3, 2)).toEqual({ shown: ['b', 'c'], from: 1 });
  expect(newestThatFit(['a', 'b', 'c'], 1, 2)).toEqual({ shown: ['a'], from: 0 });
  expect(newestThatFit(['a'], 99, 2)).toEqual({ shown: ['a'], from: 0 });
  expect(newestThatFit([], 0, 2)).toEqual({ shown: [], from: 0 });
  const long = 'x'.repeat(VIEW_CHARS);
  expect(newestThatFit(['a', long], 2, 9)).toEqual({ shown: [long], from: 1 });
});

test('pages follow each other to the end, each at least one item', () => {
  const items = Array.from({ length: 7 }, (_, i) => `${i}`.repeat(400_000));
  const read: string[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const { page, next }: { page: string[]; next: number | null } = pageFrom(items, from);
    expect(page.length).toBe(from === 6 ? 1 : 2);
    read.push(...page);
    from = next;
  }
  expect(read).toEqual(items);
  expect(pageFrom([], 0)).toEqual({ page: [], next: null });
  expect(pageFrom(['a'], 5)).toEqual({ page: [], next: null });
});

test('a beginning fits its characters of JSON, whatever the text, and is no half of a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '水', '\u0001', '"', '😀'), maxLength: 80 }),
      fc.integer({ min: 5, max: 60 }),
      (text, chars) => {
        const cut = beginningOf(text, chars);
        if (JSON.stringify(text).length <= chars) expect(cut).toBe(text);
        else {
          expect(JSON.stringify(cut).length).toBeLessThanOrEqual(chars + 1);
          expect(cut.endsWith('…') && text.startsWith(cut.slice(0, -1))).toBe(true);
          expect(cut.isWellFormed()).toBe(true);
        }
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

test('every conflict nobody has seen is shown, of the others the newest', () => {
  const conflicts = Array.from({ length: 90 }, (_, i) => ({ id: i, seen: i % 2 === 0 ? null : 'somebody' }));
  const shown = shownConflicts(conflicts);
  expect(shown.filter(({ seen }) => seen === null)).toHaveLength(45);
  expect(shown.filter(({ seen }) => seen !== null).map(({ id }) => id)).toEqual(
    Array.from({ length: 20 }, (_, i) => 51 + 2 * i),
  );
});

test('parts of a page follow each other without cutting a character in two', () => {
  const page = `a${'😀'.repeat(600_000)}`;
  const first = partOf(page, 0);
  expect(first.html.isWellFormed()).toBe(true);
  const second = partOf(page, first.next ?? 0);
  expect(second.next).toBeNull();
  expect(first.html + second.html).toBe(page);
});

import { expect, test } from 'vitest';
import { plainName, plainText, WrittenText } from './plainText.ts';

test.each(['井盖已由社区看护，水深 0.3 m', 'two\nlines\r\n\tand a tab', '🚒 消防', 'قطع'])(
  '%j is what it looks like',
  (text) => {
    expect(plainText.safeParse(text).success).toBe(true);
  },
);

test.each(['a\u0000b', 'bell\u0007', '\ud800', 'gnp.\u202eexe', '\u2066hidden', '\u009b31m'])(
  '%j is refused, with why',
  (text) => {
    expect(plainText.safeParse(text).error?.issues[0]?.message).toContain('cannot be seen');
  },
);

test('a name holds nothing that is not drawn, which a text may', () => {
  for (const name of ['张\u200b三', '\ufeff李', 'A\u00adB', '王\u2028', '\u202e赵']) {
    expect(plainName.safeParse(name).error?.issues[0]?.message).toContain('cannot be seen');
  }
  for (const name of ['张三', 'Ms O’Neill', '司马 相如']) expect(plainName.safeParse(name).success).toBe(true);
  expect(plainText.safeParse('👨\u200d🚒').success).toBe(true);
});

test.each([
  { zh: '', en: 'Strong wind' },
  { zh: ' ', en: 'Strong wind' },
  { zh: '大风', en: 'a\u0000' },
  { zh: '保电监护', en: 'Keep it', guarded: null },
])('%j is no name of a file', (name) => {
  expect(WrittenText.safeParse(name).success).toBe(false);
});

import type { Text } from '../../../../core/words.ts';

/** What is not drawn, or turns the direction of writing: foreign text is shown as what it looks like. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A text of a message, no longer than `most` characters; no character is cut in half. */
export function cleaned(text: string, most: number): string {
  const plain = text.replace(UNSEEN, '').trim();
  if (plain.length <= most) return plain;
  return `${plain.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Which language of the product a block is in, by its tag, or by its words where it has none; null for another. */
export function languageOf(tag: string, words: string): keyof Text | null {
  const [primary = ''] = tag.toLowerCase().split('-');
  if (primary === 'zh' || primary === 'en') return primary;
  if (primary !== '') return null;
  return /\p{Script=Han}/u.test(words) ? 'zh' : 'en';
}

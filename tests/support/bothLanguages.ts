import type { Text } from '../../core/words.ts';

/** Words of schemas and parsers: they stand in no Chinese sentence. */
const THEIRS = /\b(expected|received|invalid|unrecognized|undefined|too small|too big)\b/i;

/**
 * What is wrong with what is said to people in both languages, null when nothing is: one of them is missing, or the Chinese has a sentence
 * of the other in it. What is quoted is not looked at; single names of keys and values are no sentence.
 */
export function halfSaid({ zh, en }: Text): string | null {
  const words = zh.replace(/“[^”]*”|"(?:\\.|[^"\\])*"/g, '');
  if (en.trim() === '') return `nothing in English for: ${zh}`;
  if (!/\p{Script=Han}/u.test(words)) return `not in Chinese: ${zh}`;
  if (THEIRS.test(words) || /[a-z]+ [a-z]+ [a-z]+/i.test(words)) return `English in the Chinese: ${zh}`;
  return null;
}

import type { Text } from './words.ts';

/**
 * What a schema of our own has against a value, as zod's custom issue carries it: the sentence, and what to do about it where that is
 * not plain from the sentence. Whoever shows it puts the place before it, so the sentence begins small; a remedy is one of its own.
 */
export function complaint(said: Text, remedy?: Text): { message: string; params: { zh: string; remedy?: Text } } {
  return { message: said.en, params: { zh: said.zh, ...(remedy ? { remedy } : {}) } };
}

/** What to do about a value that is none of those that may be. */
export function oneOf(names: Iterable<string>): Text {
  const all = [...names];
  return { zh: `请写其中之一：${all.join('、')}`, en: `Write one of: ${all.join(', ')}.` };
}

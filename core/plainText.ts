import { z } from 'zod';
import { complaint } from './complaint.ts';

/** Control characters but line breaks and tabs, halves of characters, marks that turn the direction of writing. */
const ODD = /[^\P{Cc}\n\r\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** Besides, what joins, parts or marks characters and is not drawn: one name would be two. */
const UNDRAWN = /[\p{Cf}\p{Zl}\p{Zp}]/u;

const UNSEEN = complaint(
  {
    zh: '含有看不见的字符（控制字符、半个字符或书写方向标记）',
    en: 'holds a character that cannot be seen (a control character, half a character or a mark of direction)',
  },
  {
    zh: '请重新键入这段文字，不要粘贴',
    en: 'Write the text anew, without what was pasted with it.',
  },
);

/** Text that is what it looks like: what a person writes, in a window or a file. What came from another station is taken as it is. */
export const plainText = z.string().refine((text) => !ODD.test(text), UNSEEN);

/** The name of a person or place that somebody types: a {@link plainText} in which everything is drawn. */
export const plainName = z.string().refine((text) => !ODD.test(text) && !UNDRAWN.test(text), UNSEEN);

const words = plainText.max(1000).regex(/\S/, 'a text in each language');

/**
 * A name or sentence of a file, in both languages of the product. Nothing else beside them: a comma without quotation marks would end the
 * sentence in the middle, and make a key of its rest.
 */
export const WrittenText = z.strictObject({ zh: words, en: words });

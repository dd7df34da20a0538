import type { Text } from '../../../core/words.ts';
import type { Said } from '../../config/issue.ts';
import type { Cell } from './table.ts';

/** Why a row cannot come in: the column, what stands in it, and what to do. */
export interface Complaint {
  /** Empty where it is the row as a whole. */
  readonly column: string;
  /** Shortened, and without a password that an address holds. */
  readonly value: string;
  readonly why: Text;
  readonly remedy: Text;
}

const SHOWN = 60;

/**
 * Stars out the password of an address: whoever looks at an import need not know it. It may have any characters in it, so that it ends at the last `@` of the
 * text: of a text with more than one address little is left.
 */
export const withoutPasswords = (text: string): string =>
  text.replace(/(:\/\/[^\s:@/]*:).*(?=@)/gs, '$1***').replace(/([?&](?:password|passwd|pwd)=)[^&\s]+/gi, '$1***');

/** A cell as a complaint shows it. */
export function shownCell(cell: Cell): string {
  const text = withoutPasswords(String(cell ?? '').slice(0, 2000))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

export const EMPTY: Said = {
  message: { zh: '是空的', en: 'is empty' },
  remedy: { zh: '请补上，或在映射中写 default', en: 'Fill it in, or write a default in the mapping.' },
};

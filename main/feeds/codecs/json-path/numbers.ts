/** Longer texts are no numbers of a measurement. */
const MOST_CHARS = 40;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** A value as platforms write it: a number, `true` or `false` for 1 and 0, or a number as text; null for all else. */
export function numberOf(value: unknown): number | null {
  // + 0: there is one nought.
  if (typeof value === 'number') return value + 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || value.length > MOST_CHARS) return null;
  const text = value.trim();
  const number = NUMBER.test(text) ? Number(text) + 0 : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** Where a whole number stands in the bytes of a device's own frame, which a platform hands on as text. */
export interface BytesAt {
  readonly as: 'hex' | 'base64';
  /** The first byte, from 0. */
  readonly from: number;
  /** How many, 1 to 6. */
  readonly count: number;
  readonly order: 'big' | 'little';
  readonly signed: boolean;
}

/** The number in the bytes; null where the value is no such text, or shorter. */
export function numberIn(value: unknown, { as, from, count, order, signed }: BytesAt): number | null {
  if (typeof value !== 'string') return null;
  const bytes = bytesOf(value, as);
  if (bytes === null || from + count > bytes.length) return null;
  if (order === 'big') return signed ? bytes.readIntBE(from, count) : bytes.readUIntBE(from, count);
  return signed ? bytes.readIntLE(from, count) : bytes.readUIntLE(from, count);
}

/** The bytes of a text in hex or base64, null where it is none. Blanks and line breaks in it are nothing. */
export function bytesOf(text: string, as: 'hex' | 'base64'): Buffer | null {
  const plain = text.replace(/\s+/g, '');
  const fits = as === 'hex' ? plain.length % 2 === 0 && /^[\da-f]*$/i.test(plain) : /^[\w+/-]*={0,2}$/.test(plain);
  return fits ? Buffer.from(plain, as) : null;
}

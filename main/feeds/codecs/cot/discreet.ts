import { excerptOf as excerptOfText } from '../hj212/excerpt.ts';

const PASSWORD = /(\bpassword\s*=\s*["'])([^"'<>]*)/gi;

/** What came with the passwords of clients that show who they are (`<auth><cot … password="…"/></auth>`) starred out, as long as it was. */
export function withoutPasswords(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const starred = text.replace(PASSWORD, (_, before: string, password: string) => before + '*'.repeat(password.length));
  return starred === text ? bytes : Buffer.from(starred, 'latin1');
}

/** Bytes looked at for an excerpt. */
const MOST_LOOKED_AT = 4096;

/** The beginning of what came: as text where it is text, and else in hex. */
export const excerptOf = (bytes: Uint8Array): string =>
  excerptOfText(withoutPasswords(bytes.subarray(0, MOST_LOOKED_AT)));

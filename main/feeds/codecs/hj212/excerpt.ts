import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';

const STAR = 0x2a;
/** What ends a password: `;`, `&`, and the end of a line. */
const ENDS: ReadonlySet<number> = new Set([0x3b, 0x26, 0x0d, 0x0a]);

/**
 * The beginning of what came, as text where it is text and else in hex. A device's password is starred out: whoever looks at refused
 * messages need not know it.
 */
export function excerptOf(bytes: Uint8Array): string {
  const head = withoutPasswords(bytes.subarray(0, EXCERPT_CHARS));
  return textOf(head) ?? Buffer.from(head.subarray(0, EXCERPT_CHARS / 2)).toString('hex');
}

/** The bytes as text, null where they are none; a character that is cut off at the end is left out. */
export function textOf(bytes: Uint8Array): string | null {
  for (const byte of bytes) if (!isText(byte)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Whether a byte may stand in text: no control character but the tab and the ends of lines. */
export function isText(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** A copy in which what a device shows as PW is starred out, as long as it was. */
export function withoutPasswords(came: Uint8Array): Uint8Array {
  // The slice of a Buffer is no copy.
  const bytes = new Uint8Array(came);
  for (let i = 0; i + 3 <= bytes.length; i++) {
    // PW=, in either case.
    if (((bytes[i] ?? 0) | 0x20) !== 0x70 || ((bytes[i + 1] ?? 0) | 0x20) !== 0x77 || bytes[i + 2] !== 0x3d) continue;
    for (i += 3; i < bytes.length && !ENDS.has(bytes[i] ?? 0); i++) bytes[i] = STAR;
  }
  return bytes;
}

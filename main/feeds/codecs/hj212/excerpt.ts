import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';

const STAR = 0x2a;
const SEMICOLON = 0x3b;

/**
 * The beginning of what came, as text where it is text and else in hex. A device's password is starred out: whoever looks at refused
 * messages need not know it.
 */
export function excerptOf(bytes: Uint8Array): string {
  // A copy: the slice of a Buffer is none.
  const head = new Uint8Array(bytes.subarray(0, EXCERPT_CHARS));
  starPasswords(head);
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

function starPasswords(bytes: Uint8Array): void {
  for (let i = 0; i + 3 <= bytes.length; i++) {
    // PW=, in either case.
    if (((bytes[i] ?? 0) | 0x20) !== 0x70 || ((bytes[i + 1] ?? 0) | 0x20) !== 0x77 || bytes[i + 2] !== 0x3d) continue;
    for (i += 3; i < bytes.length && bytes[i] !== SEMICOLON; i++) bytes[i] = STAR;
  }
}

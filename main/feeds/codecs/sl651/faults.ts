import type { Said } from '../../../config/issue.ts';
import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import { type CodecFault, DESCRIBED } from '../codec.ts';
import { hexOf } from './bcd.ts';
import { type Head, SOH } from './head.ts';

/** Collects what is refused of one arrival. */
export interface Faults {
  readonly list: readonly CodecFault[];
  readonly refused: number;
  /** @param excerpt is asked for the described ones only. */
  add(path: string, said: Said, excerpt: () => string): void;
}

export function createFaults(): Faults {
  const list: CodecFault[] = [];
  let refused = 0;
  return {
    list,
    get refused() {
      return refused;
    },
    add(path, said, excerpt) {
      refused++;
      if (list.length < DESCRIBED) list.push({ path, ...said, excerpt: excerpt() });
    },
  };
}

/** Basic settings carry passwords in their text, and a change of the password does (annex B and table D.1). */
export const SECRET_TEXT: ReadonlySet<number> = new Set([0x40, 0x41, 0x49]);

/**
 * The beginning of what was refused, as text where it is text (control characters as ·), else in hex. Passwords are kept nowhere: where a frame
 * begins its password is made unreadable.
 *
 * @param head of the frame with which the bytes begin.
 */
export function excerptOf(bytes: Uint8Array, head: Head | null): string {
  const shown = head && SECRET_TEXT.has(head.fn) ? bytes.subarray(0, head.textAt) : bytes;
  const part = shown.subarray(0, EXCERPT_CHARS);
  if (part[0] === SOH || isText(part)) {
    const text = Buffer.from(part)
      .toString('latin1')
      .replace(/[^ -~]/g, '·');
    // Centre, station, password, function and length are hex characters.
    return text.replace(/(·[0-9A-Fa-f]{12})[0-9A-Fa-f]{1,4}/g, '$1****').slice(0, EXCERPT_CHARS);
  }
  const pairs = hexOf(part).match(/../g) ?? [];
  for (let i = 0; i + 1 < part.length; i++) {
    if (part[i] !== 0x7e || part[i + 1] !== 0x7e) continue;
    for (const secret of [i + 8, i + 9]) if (secret < pairs.length) pairs[secret] = '**';
  }
  return pairs.join('').slice(0, EXCERPT_CHARS);
}

/** The same of a text that was joined from packets, which has no head. */
export function excerptOfText(text: Uint8Array, fn: number): string {
  return SECRET_TEXT.has(fn) ? '' : excerptOf(text, null);
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a || byte === 0x09);
}

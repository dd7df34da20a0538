import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import { ID } from './ids.ts';

export const HEADER_2013 = 12;
export const HEADER_2019 = 17;

/** The first bytes as hex, as they came. Of what carries a token (0102, and 8100 from who sends ours back) only the header: it is a secret. */
export function excerptOf(bytes: Uint8Array, from: number, to: number): string {
  let end = Math.min(to, from + EXCERPT_CHARS / 2);
  const id = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  if (id === ID.authenticate || id === ID.registered) {
    const header = (bytes[from + 2] ?? 0) & 0x40 ? HEADER_2019 : HEADER_2013;
    end = Math.min(end, from + header);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, end - from)).toString('hex');
}

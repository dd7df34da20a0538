import { HEADER_2013, HEADER_2019 } from './excerpt.ts';
import { ID } from './ids.ts';

const MARK = 0x7e;
const STAR = 0x2a;

/** A copy in which tokens are starred out, as long as it was: of what carries one (0102, and 8100 from who sends ours back) all but the header. */
export function withoutTokens(came: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(came);
  for (let at = came.indexOf(MARK); at >= 0; ) {
    const next = came.indexOf(MARK, at + 1);
    const end = next < 0 ? came.length : next;
    const id = ((came[at + 1] ?? 0) << 8) | (came[at + 2] ?? 0);
    if (id === ID.authenticate || id === ID.registered) {
      const header = (came[at + 3] ?? 0) & 0x40 ? HEADER_2019 : HEADER_2013;
      if (at + 1 + header < end) bytes.fill(STAR, at + 1 + header, end);
    }
    at = next;
  }
  return bytes;
}

import { FRAME_BYTES, HEADER_BYTES, lengthAt, MARK, MOST_DATA, sumOf, TAIL } from './header.ts';

/**
 * So long the rest of a frame may take. A device repeats what nobody confirmed within ten seconds: by then a frame that lies about its length
 * must no longer stand before it.
 */
export const REST_MS = 5_000;

/** Why something that began like a frame is none: only its check value is wrong, only its end, both, or its rest did not come. */
export type Broken = 'sum' | 'end' | 'length' | 'unfinished';

/** A stretch of what came, in its order. */
export type Piece =
  /** Check value and end are right. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** `bytes` begin with the start mark and go on to the next frame. */
  | { readonly kind: 'broken'; readonly bytes: Uint8Array; readonly why: Broken }
  /** No frame begins here. */
  | { readonly kind: 'noise'; readonly bytes: Uint8Array };

export interface Cutter {
  /** @param now wall ms. The pieces' bytes are good until the next call. */
  cut(bytes: Uint8Array, now: number): Piece[];
  /** Bytes of a frame whose rest has not come: less than the longest frame has. */
  readonly waiting: number;
}

/**
 * Cuts frames by their declared length, because both marks occur inside the data too. After one that is broken the search goes on one byte behind
 * its start mark, so that no lie of a length field costs the frames behind it; what is broken within a broken one is not told again.
 */
export function createCutter(): Cutter {
  let rest: Uint8Array = new Uint8Array(0);
  let since = 0;
  /** How far a broken frame that was told goes into what is at hand: counted from the rest's beginning between two calls. */
  let told = 0;
  return {
    get waiting() {
      return rest.length;
    },
    cut(bytes, now) {
      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      // A clock that was set back makes nobody wait for ever.
      since = Math.min(since, now);
      const late = rest.length > 0 && now - since > REST_MS;
      const kept = rest.length;
      rest = new Uint8Array(0);
      const pieces: Piece[] = [];
      let why: Broken | null = null;
      let from = 0;
      /** Everything before `end` is disposed of. */
      const close = (end: number): void => {
        const begin = why === null ? Math.max(from, Math.min(told, end)) : from;
        const junk = all.subarray(begin, end);
        if (junk.length > 0)
          pieces.push(why === null ? { kind: 'noise', bytes: junk } : { kind: 'broken', bytes: junk, why });
        why = null;
        from = end;
      };
      const breaks = (start: number, end: number, because: Broken): void => {
        if (start < told) return;
        close(start);
        why = because;
        told = end;
      };
      for (let at = 0; ; ) {
        const start = nextMark(all, at);
        at = start + 1;
        if (start === all.length) break;
        const short = start + HEADER_BYTES > all.length;
        const length = short ? 0 : lengthAt(all, start);
        if (length > MOST_DATA) continue;
        const end = start + FRAME_BYTES + length;
        if (end > all.length) {
          if (late && start === 0) {
            breaks(start, all.length, 'unfinished');
            continue;
          }
          close(start);
          // A copy: of what was handed in nothing is kept.
          rest = new Uint8Array(all.subarray(start));
          if (start > 0 || kept === 0) since = now;
          told = Math.max(0, told - start);
          return pieces;
        }
        const ends = all[end - 2] === TAIL && all[end - 1] === TAIL;
        const adds = sumOf(all, start + 2, end - 3) === all[end - 3];
        if (ends && adds) {
          close(start);
          pieces.push({ kind: 'frame', bytes: all.subarray(start, end) });
          at = from = end;
          told = 0;
        } else breaks(start, end, ends ? 'sum' : adds ? 'end' : 'length');
      }
      close(all.length);
      told = 0;
      return pieces;
    },
  };
}

/** Where a frame may begin, from `at`: a mark, or half of one at the end. The length where there is none. */
function nextMark(bytes: Uint8Array, at: number): number {
  for (let i = at; ; i++) {
    i = bytes.indexOf(MARK, i);
    if (i < 0) return bytes.length;
    if (i + 1 === bytes.length || bytes[i + 1] === MARK) return i;
  }
}

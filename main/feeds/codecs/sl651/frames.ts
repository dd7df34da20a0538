import { crc16 } from './crc.ts';
import { type Head, readHead, SOH, u16 } from './head.ts';

/** So long the rest of a frame may take; the characters of a frame follow each other without a pause (SL 651-2014 6.3.2.1). */
export const REST_MS = 30_000;

/** ETX, EOT, ENQ, ACK, NAK, ETB, ESC (table 10). Where none of them stands no check value need be worked out. */
const ENDS: ReadonlySet<number> = new Set([0x03, 0x04, 0x05, 0x06, 0x15, 0x17, 0x1b]);

/** A stretch of what came, in its order. */
export type Piece =
  /** The check value is right. */
  | { readonly kind: 'frame'; readonly head: Head; readonly bytes: Uint8Array }
  /** It looked like a frame, and was none by its check value, or its rest did not come. `bytes` go on to the next frame. */
  | {
      readonly kind: 'broken';
      readonly head: Head | null;
      readonly bytes: Uint8Array;
      readonly why: 'crc' | 'unfinished';
    }
  /** No frame begins here. */
  | { readonly kind: 'noise'; readonly bytes: Uint8Array };

export interface Cutter {
  /** @param now wall ms. The pieces' bytes are good until the next call. */
  cut(bytes: Uint8Array, now: number): Piece[];
  /** Bytes of a frame whose rest has not come: never more than the longest frame. */
  readonly waiting: number;
}

/**
 * Cuts frames by their declared length, because the start mark occurs inside texts too. After one that fails its check the search goes on
 * one byte behind its start mark, so that no lie of a length field costs the frames behind it.
 */
export function createCutter(): Cutter {
  let rest: Uint8Array = new Uint8Array(0);
  let since = 0;
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
      let broken: { head: Head | null; why: 'crc' | 'unfinished'; until: number } | null = null;
      let from = 0;
      const close = (end: number) => {
        if (end > from) {
          const junk = all.subarray(from, end);
          pieces.push(
            broken
              ? { kind: 'broken', head: broken.head, bytes: junk, why: broken.why }
              : { kind: 'noise', bytes: junk },
          );
        }
        broken = null;
        from = end;
      };
      let at = 0;
      for (;;) {
        const start = nextMark(all, at);
        at = start + 1;
        if (start === all.length) break;
        const head = readHead(all, start);
        if (head === null) continue;
        if (head === 'short' || start + head.size > all.length) {
          if (late && start === 0) {
            broken = { head: head === 'short' ? null : head, why: 'unfinished', until: all.length };
            continue;
          }
          close(start);
          // A copy: of what was handed in nothing is kept.
          rest = new Uint8Array(all.subarray(start));
          if (start > 0 || kept === 0) since = now;
          return pieces;
        }
        const frame = all.subarray(start, start + head.size);
        if (ENDS.has(frame[head.textEnd] ?? 0) && crc16(frame, 0, head.textEnd + 1) === written(frame, head)) {
          close(start);
          pieces.push({ kind: 'frame', head, bytes: frame });
          at = from = start + head.size;
        } else if (broken === null || start >= broken.until) {
          close(start);
          broken = { head, why: 'crc', until: start + head.size };
        }
      }
      close(all.length);
      return pieces;
    },
  };
}

/** Where a frame may begin, from `at`: a mark, or half of one at the end. The length where there is none. */
function nextMark(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) {
    if (bytes[i] === SOH || (bytes[i] === 0x7e && (i + 1 === bytes.length || bytes[i + 1] === 0x7e))) return i;
  }
  return bytes.length;
}

/** The check value as the frame has it, NaN where it is no number. */
function written(frame: Uint8Array, head: Head): number {
  if (head.form === 'hex') return u16(frame, head.size - 2);
  const text = Buffer.from(frame.subarray(head.size - 4)).toString('latin1');
  return /^[0-9A-Fa-f]{4}$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
}

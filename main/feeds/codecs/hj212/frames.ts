import type { CodecFault } from '../codec.ts';
import { crc16 } from './crc.ts';
import { endsWhereItSays, isEncrypted, whatIsWrong } from './diagnosis.ts';
import { excerptOf } from './excerpt.ts';
import { createNoise, joined } from './noise.ts';

/** Bytes of a data segment. The standard (6.3.1) has 1024; devices that go beyond it are otherwise good. */
export const MOST_SEGMENT = 8192;

const HASH = 0x23;
/** `##` and four digits. */
export const HEADER = 6;
export const CRC = 4;
/**
 * What looks like a frame within one that was refused is tried so often: a checksum over everything at each `##` would be work
 * beyond all measure to the bytes that asked for it.
 */
const TRIES = 16;

/** Where frames and refusals go, in the order in which they came. */
export interface CutTo {
  /** A data segment whose length and CRC are right; the bytes are lent until the call returns. */
  segment(bytes: Uint8Array): void;
  /** @param fault to be asked within the call, if at all. */
  refuse(fault: () => CodecFault): void;
}

/** Cuts frames out of a stream, HJ 212-2017 6.3.1: by the declared length and the CRC alone, because ciphertext may hold any delimiter. */
export interface Cutter {
  take(bytes: Uint8Array, to: CutTo): void;
  /** Bytes that wait for more, at most one frame. */
  kept(): number;
}

export function createCutter(): Cutter {
  const noise = createNoise();
  let kept: Uint8Array = new Uint8Array(0);
  /** Refused frames whose declared ends are not passed, and the farthest of those ends. */
  let tries = 0;
  let span = 0;
  /** Up to where frames that wait were searched for others, and how many the last of them held that were bad. */
  let searched = 0;
  let peeks = 0;

  /**
   * Within a frame that has not all come: where a line begins that is a whole and right frame. It proves the length before it wrong; to
   * wait for so many bytes would hold up whatever the device says in between.
   */
  const frameWithin = (at: number): number => {
    let i = Math.max(searched, at + HEADER);
    for (; peeks < TRIES; i++) {
      i = kept.indexOf(0x0a, i);
      if (i < 0) break;
      const next = headerAt(kept, i + 1);
      if (next === null) continue;
      if (next === 'more' || i + 1 + HEADER + next + CRC > kept.length) break;
      if (isRight(kept, i + 1, next)) return i + 1;
      peeks++;
    }
    searched = i < 0 ? kept.length : i;
    return -1;
  };

  return {
    take(bytes, to) {
      kept = kept.length === 0 ? bytes : joined(kept, bytes);
      let at = 0;
      const moveTo = (next: number) => {
        at = next;
        peeks = 0;
      };
      for (;;) {
        const { start, length } = nextHeader(kept, at);
        if (start > at) {
          noise.skip(kept, at, start);
          moveTo(start);
        }
        if (length === null) break;
        const end = at + HEADER + length + CRC;
        const fits = length <= MOST_SEGMENT;
        const waits = fits && end > kept.length;
        const within = waits ? frameWithin(at) : -1;
        if (waits && within < 0) break;
        const before = noise.end();
        if (before) to.refuse(() => before);
        if (at >= span) tries = 0;
        if (fits && !waits && isRight(kept, at, length)) {
          to.segment(kept.subarray(at + HEADER, end - CRC));
          span = 0;
          moveTo(end);
          continue;
        }
        const frame = kept.subarray(at);
        to.refuse(() => (fits ? whatIsWrong(frame, length) : tooLong(length, frame)));
        noise.mute();
        if (!fits) {
          moveTo(at + 2);
          continue;
        }
        span = Math.max(span, waits ? within : end);
        // Of ciphertext in its place nothing is searched: it may hold what looks like a frame.
        if (!waits && isEncrypted(frame.subarray(HEADER, HEADER + length)) && endsWhereItSays(frame, length))
          moveTo(end);
        else if (++tries >= TRIES) moveTo(span);
        else moveTo(at + 2);
      }
      const rest = noise.fault();
      if (rest) to.refuse(() => rest);
      // A copy, which the slice of a Buffer is not: the portion that came belongs to whoever brought it, and may be large.
      kept = new Uint8Array(kept.subarray(at));
      span = Math.max(0, span - at);
      searched = Math.max(0, searched - at);
    },
    kept: () => kept.length,
  };
}

/** The next `##dddd`, or where one may be beginning, or the end. */
function nextHeader(bytes: Uint8Array, from: number): { start: number; length: number | null } {
  for (let i = bytes.indexOf(HASH, from); i >= 0; i = bytes.indexOf(HASH, i + 1)) {
    const length = headerAt(bytes, i);
    if (length !== null) return { start: i, length: length === 'more' ? null : length };
  }
  return { start: bytes.length, length: null };
}

/** The length that a header declares, null where there is none, 'more' where the bytes end before that is known. */
function headerAt(bytes: Uint8Array, at: number): number | 'more' | null {
  let length = 0;
  for (let k = 0; k < HEADER; k++) {
    const byte = bytes[at + k];
    if (byte === undefined) return 'more';
    if (k < 2 ? byte !== HASH : byte < 0x30 || byte > 0x39) return null;
    if (k >= 2) length = length * 10 + byte - 0x30;
  }
  return length;
}

/** Whether four hex digits after the segment are its CRC. In lower case too: they say the same. */
function isRight(bytes: Uint8Array, at: number, length: number): boolean {
  const from = at + HEADER + length;
  let said = 0;
  for (let i = from; i < from + CRC; i++) {
    const digit = hexDigit(bytes[i] ?? 0);
    if (digit < 0) return false;
    said = said * 16 + digit;
  }
  return said === crc16(bytes, at + HEADER, from);
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function tooLong(length: number, frame: Uint8Array): CodecFault {
  return {
    path: 'length',
    message: {
      zh: `数据段长度为 ${length} 字节，上限为 ${MOST_SEGMENT}`,
      en: `a data segment of ${length} bytes, the limit is ${MOST_SEGMENT}`,
    },
    remedy: {
      zh: '请让现场机用 PNUM 与 PNO 分包发送，每包不超过 1024 字节',
      en: 'Have the device split the message by PNUM and PNO, at most 1024 bytes each.',
    },
    excerpt: excerptOf(frame),
  };
}

import type { Issue } from '../../../config/issue.ts';
import { badChecksum, badEscape, endless, notJt808, tooShort } from './faults.ts';

/** Bytes of the longest frame between its two 7E: a 2019 header with parts, 1,023 bytes of body and the checksum, all of them escaped. */
export const LONGEST = 2 * (17 + 4 + 1023 + 1);
/** Bytes of the shortest: a 2013 header and the checksum. */
const SHORTEST = 13;
/** So many bytes without a 7E at the start of a connection, and it is told that this is another protocol. */
const STRAY = 64;

/** Who is told of frames. What is handed over is valid during the call only. */
export interface FrameSink {
  /**
   * A frame whose checksum is right: header and body unescaped at [start, end) of `view`, as they came at [from, to) of `raw`.
   */
  frame(view: DataView, start: number, end: number, raw: Uint8Array, from: number, to: number): void;
  fault(issue: () => Issue, raw: Uint8Array, from: number, to: number): void;
}

export interface Frames {
  take(bytes: Uint8Array): void;
  /** Bytes kept of a frame whose end is still to come: at most {@link LONGEST}. */
  held(): number;
}

/**
 * Cuts a stream into frames 7E … 7E, unescapes them (7D 02 → 7E, 7D 01 → 7D) and checks the XOR of all bytes (JT/T 808 clause 4.4).
 *
 * Whatever stands between two 7E may be a frame, because some terminals let two frames share one. After a frame's end fewer bytes than a
 * frame has are what a terminal sends to keep the line open: they are passed over in silence.
 */
export function createFrames(sink: FrameSink): Frames {
  let pending: Uint8Array | null = null;
  let held = 0;
  /** Nothing is kept until the next 7E. */
  let skipping = true;
  let stray = 0;
  /** The 7E before began a frame; else it ended one, and what follows need not be a frame. */
  let open = true;
  let plain: { bytes: Uint8Array; view: DataView } | null = null;

  function skip(bytes: Uint8Array, to: number): void {
    const before = stray;
    stray += to;
    if (before <= STRAY && stray > STRAY) sink.fault(notJt808, bytes, 0, to);
  }

  function tooLong(bytes: Uint8Array, from: number, to: number): void {
    open = false;
    if (held > 0 && pending !== null) sink.fault(endless, pending, 0, held);
    else sink.fault(endless, bytes, from, to);
    held = 0;
  }

  function keep(bytes: Uint8Array, from: number, to: number): Uint8Array {
    pending ??= new Uint8Array(LONGEST);
    pending.set(bytes.subarray(from, to), held);
    held += to - from;
    return pending;
  }

  /** What stood between two 7E. */
  function segment(raw: Uint8Array, view: DataView, from: number, to: number, escaped: boolean): void {
    if (from === to) {
      open = true;
      return;
    }
    let [start, end, within] = [from, to, view];
    if (escaped && to - from >= SHORTEST) {
      plain ??= scratch();
      start = 0;
      end = unescapeInto(raw, from, to, plain.bytes);
      within = plain.view;
      if (end < 0) {
        open = false;
        sink.fault(badEscape, raw, from, to);
        return;
      }
    }
    if (end - start < SHORTEST) {
      if (open) sink.fault(() => tooShort(to - from), raw, from, to);
      open = !open;
      return;
    }
    open = false;
    let xor = 0;
    for (let i = start; i < end; i++) xor ^= within.getUint8(i);
    if (xor === 0) sink.frame(within, start, end - 1, raw, from, to);
    else sink.fault(badChecksum, raw, from, to);
  }

  return {
    held: () => held,
    take(bytes) {
      let from = 0;
      if (skipping) {
        const first = bytes.indexOf(0x7e);
        skip(bytes, first < 0 ? bytes.length : first);
        if (first < 0) return;
        skipping = false;
        from = first + 1;
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      let escapeAt = nextEscape(bytes, from);
      for (;;) {
        const to = bytes.indexOf(0x7e, from);
        if (to < 0) break;
        if (held + to - from > LONGEST) tooLong(bytes, from, to);
        else if (held > 0) {
          const kept = keep(bytes, from, to);
          const length = held;
          held = 0;
          segment(kept, viewOf(kept), 0, length, true);
        } else {
          if (escapeAt < from) escapeAt = nextEscape(bytes, from);
          segment(bytes, view, from, to, escapeAt < to);
        }
        from = to + 1;
      }
      if (from === bytes.length) return;
      if (held + bytes.length - from > LONGEST) {
        tooLong(bytes, from, bytes.length);
        skipping = true;
        stray = Number.POSITIVE_INFINITY;
      } else keep(bytes, from, bytes.length);
    },
  };
}

function scratch(): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(LONGEST);
  return { bytes, view: viewOf(bytes) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function nextEscape(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(0x7d, from);
  return at < 0 ? bytes.length : at;
}

/** Answers how many bytes there are in the plain, -1 where 7D is followed by what it may not be. */
function unescapeInto(raw: Uint8Array, from: number, to: number, plain: Uint8Array): number {
  let n = 0;
  for (let i = from; i < to; i++) {
    let byte = raw[i] as number;
    if (byte === 0x7d) {
      i++;
      const code = i < to ? raw[i] : 0;
      if (code !== 1 && code !== 2) return -1;
      byte = 0x7c + code;
    }
    plain[n++] = byte;
  }
  return n;
}

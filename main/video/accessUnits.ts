/** One coded picture (H.264 access unit, Annex B) cut out of a byte stream. */
export interface AccessUnit {
  /** `headroom` free bytes, then the unit with its start codes; owned by the receiver. */
  readonly bytes: Uint8Array;
  /** It holds an IDR picture: decoding can start here. */
  readonly key: boolean;
  /** The last sequence parameter set in the unit, without start code; a view into `bytes`. */
  readonly sps: Uint8Array | undefined;
}

/** What went wrong in the stream so far; each is counted, none throws. */
export interface AccessUnitRejects {
  /** Units longer than the limit. */
  oversize: number;
  /** Pictures before the first key picture, or after a lost one. */
  undecodable: number;
  /** Bytes before the first start code. */
  strayBytes: number;
}

/** How a stream that is waited for can be entered. */
export interface AccessUnitEntries {
  /** Pictures that are no IDR, and where a decoder can begin all the same: recovery points, and pictures of I slices. */
  recovery: number;
}

/** @see createAccessUnitSplitter */
export interface AccessUnitSplitter {
  /** Takes the next bytes, however the pipe happened to cut them. */
  push(chunk: Uint8Array): void;
  /** The stream is over: the picture under way is complete. */
  flush(): void;
  readonly rejects: Readonly<AccessUnitRejects>;
  readonly entries: Readonly<AccessUnitEntries>;
  /** Bytes held back for the picture under way; never more than the limit plus one chunk. */
  readonly heldBytes: number;
}

interface SplitterOptions {
  readonly onUnit: (unit: AccessUnit) => void;
  /** Free bytes in front of each unit, for a packet header written in place. */
  readonly headroom?: number;
  /** Longer units are dropped, and the pictures that need them with them. */
  readonly maxUnitBytes?: number;
}

const START_CODE = Buffer.of(0, 0, 1);
/** Start code, NAL header and the first byte of the slice header: what it takes to know whether a NAL opens a picture. */
const PEEK_BYTES = 5;
const SLICE = 1;
const IDR = 5;
const SEI = 6;
const SPS = 7;
const PPS = 8;
const DELIMITER = 9;

/**
 * Splits an H.264 Annex B byte stream (ITU-T H.264 B.1) into access units by the rules of 7.4.1.2.3: after the slices of
 * a picture, a delimiter, parameter set, SEI, or a slice that starts at macroblock 0 opens the next one.
 *
 * Hot path of every passed-through camera. The result depends on the bytes only, never on how they are chunked.
 * A picture is handed over when the next one begins, or on `flush`.
 */
export function createAccessUnitSplitter(options: SplitterOptions): AccessUnitSplitter {
  const { onUnit, headroom = 0, maxUnitBytes = 4 * 1024 * 1024 } = options;
  const rejects: AccessUnitRejects = { oversize: 0, undecodable: 0, strayBytes: 0 };
  let held = Buffer.allocUnsafeSlow(64 * 1024);
  let end = 0; // held[0, end) are bytes of the unit under way, and what has come after it
  let scanned = 0; // no start code begins before this that has not been seen
  let synced = false; // a first start code has been met; held[0] is where the unit under way begins
  let cut = 0; // bytes of an oversize unit that were already let go
  let hasSlice = false;
  let isKey = false;
  let needsKey = true;
  let spsAt = -1;
  let spsEnd = -1;
  let seiAt = -1;
  let recovers = false;
  const entries: AccessUnitEntries = { recovery: 0 };

  function append(chunk: Uint8Array): void {
    if (end + chunk.length > held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(held.length * 2, end + chunk.length));
      held.copy(larger, 0, 0, end);
      held = larger;
    }
    held.set(chunk, end);
    end += chunk.length;
  }

  /** Ends the unit under way before `at`, in positions of `held`. */
  function close(from: number, at: number): void {
    const length = cut + at - from;
    if (hasSlice && recovers && !isKey) entries.recovery += 1;
    if (length > maxUnitBytes) {
      rejects.oversize += 1;
      needsKey = true;
    } else if (hasSlice && needsKey && !isKey) {
      rejects.undecodable += 1;
    } else if (hasSlice) {
      needsKey = false;
      const bytes = new Uint8Array(headroom + length);
      bytes.set(held.subarray(from, at), headroom);
      const shift = headroom - from;
      const sps = spsAt < 0 ? undefined : bytes.subarray(spsAt + shift, (spsEnd < 0 ? at : spsEnd) + shift);
      onUnit({ bytes, key: isKey, sps });
    }
    cut = 0;
    hasSlice = false;
    isKey = false;
    recovers = false;
    spsAt = -1;
    spsEnd = -1;
  }

  function scan(final: boolean): void {
    const view = held.subarray(0, end);
    let from = 0;
    for (;;) {
      const code = view.indexOf(START_CODE, scanned);
      if (code < 0) {
        scanned = Math.max(scanned, end - 2, 0);
        break;
      }
      if (!final && code + PEEK_BYTES > end) {
        scanned = code;
        break;
      }
      // A zero byte before the start code belongs to it (zero_byte), so four-byte start codes stay whole.
      const begins = code > from && view[code - 1] === 0 ? code - 1 : code;
      const type = (view[code + 3] ?? 0) & 0x1f;
      if (!synced) {
        rejects.strayBytes += begins - from;
        from = begins;
        synced = true;
      } else {
        if (spsAt >= 0 && spsEnd < 0) spsEnd = begins;
        if (seiAt >= 0 && holdsRecoveryPoint(view.subarray(seiAt, begins))) recovers = true;
        seiAt = -1;
        if (hasSlice && opensPicture(type, view[code + 4] ?? 0)) {
          close(from, begins);
          from = begins;
        }
      }
      if (type === SLICE || type === IDR) {
        hasSlice = true;
        if (type === IDR) isKey = true;
        else if (isIntra(view[code + 4] ?? 0)) recovers = true;
      } else if (type === SEI && cut === 0) {
        seiAt = code + 4;
      } else if (type === SPS && cut === 0) {
        spsAt = code + 3;
        spsEnd = -1;
      }
      scanned = code + 3;
    }
    if (!synced) {
      const stray = Math.max(0, Math.min(end - 3, scanned - 1)); // the last bytes may begin a start code
      rejects.strayBytes += stray;
      from = stray;
    } else if (end - from > maxUnitBytes + PEEK_BYTES) {
      // Too long already: let its bytes go, remember how many, and read on for where the next picture begins.
      const keepFrom = Math.max(from, Math.min(scanned, end) - 1);
      cut += keepFrom - from;
      from = keepFrom;
      spsAt = -1;
      spsEnd = -1;
      seiAt = -1;
    }
    if (from > 0) {
      held.copyWithin(0, from, end);
      end -= from;
      scanned = Math.max(0, scanned - from);
      if (spsAt >= 0) spsAt -= from;
      if (spsEnd >= 0) spsEnd -= from;
      if (seiAt >= 0) seiAt -= from;
    }
    // One huge burst must not pin its memory for good.
    if (held.length > 1024 * 1024 && end < held.length / 8)
      held = Buffer.from(held.subarray(0, Math.max(end, 64 * 1024)));
  }

  return {
    push(chunk) {
      append(chunk);
      scan(false);
    },
    flush() {
      scan(true);
      if (synced && end > 0) close(0, end);
      end = 0;
      scanned = 0;
      synced = false;
      needsKey = true;
      seiAt = -1;
    },
    rejects,
    entries,
    get heldBytes() {
      return end;
    },
  };
}

function opensPicture(type: number, firstSliceByte: number): boolean {
  // first_mb_in_slice is ue(v): a leading 1 bit means macroblock 0, the first slice of a picture.
  if (type === SLICE || type === IDR) return (firstSliceByte & 0x80) !== 0;
  return type === DELIMITER || type === SPS || type === PPS || type === SEI || (type >= 14 && type <= 18);
}

/** A slice that begins at macroblock 0 and is of type I: `1` then ue(v) 2 (`011`) or 7 (`0001000`). */
function isIntra(firstSliceByte: number): boolean {
  return (firstSliceByte & 0xf0) === 0xb0 || firstSliceByte === 0x88;
}

const RECOVERY_POINT = 6;

/** Whether supplemental information (7.3.2.3) holds a recovery point; the bytes after the NAL header. */
function holdsRecoveryPoint(sei: Uint8Array): boolean {
  let at = 0;
  const number = () => {
    let sum = 0;
    while (sei[at] === 0xff) {
      sum += 255;
      at += 1;
    }
    sum += sei[at] ?? 0;
    at += 1;
    return sum;
  };
  while (at + 2 <= sei.length && sei[at] !== 0x80) {
    if (number() === RECOVERY_POINT) return true;
    const size = number();
    at += size;
  }
  return false;
}

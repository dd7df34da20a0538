/** Bytes of the longest event, in either form. */
export const MOST_BYTES = 128 * 1024;

/** What is cut out of what comes. */
export type Piece = {
  /** `auth`: who a client says to be, which nobody asked for. */
  readonly is: 'xml' | 'tak' | 'auth' | 'noise' | 'endless';
  readonly bytes: Uint8Array;
};

/** Cuts a stream of CoT: events in XML one after another, and TAK messages with their length in front, mixed as they come. */
export interface Cutter {
  /** The pieces are parts of what was handed in, and no copies. */
  take(bytes: Uint8Array): Piece[];
  kept(): number;
}

const MAGIC = 0xbf;
const LESS_THAN = 0x3c;
/** What can follow `<` at the outermost level: `event`, `auth`, a declaration, a comment or document type. */
const BEGINNINGS: ReadonlySet<number> = new Set(Buffer.from('ea?!'));
/** Of TakMessage: takControl, cotEvent, and what came later, as a tag. */
const FIRST_TAGS: ReadonlySet<number> = new Set([0x0a, 0x12, 0x1a]);
const BLANKS: ReadonlySet<number> = new Set([0x00, 0x09, 0x0a, 0x0d, 0x20]);
/** What programs of Windows write in front of UTF-8. */
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** A longer length is that of no message. */
const MOST_LENGTH_BYTES = 3;

/** How what stands at a place begins; `more`: that cannot be said before more has come. */
type Beginning =
  | 'more'
  | 'noise'
  | { readonly is: 'bom' }
  | { readonly is: 'xml' | 'auth' }
  | { readonly is: 'tak'; readonly from: number; readonly to: number };

export function createCutter(): Cutter {
  let rest: Buffer = Buffer.alloc(0);
  /** What it begins with was looked through so far for its end, from the beginning of `rest`. */
  let searched = 0;
  /** Since the last piece there was noise: it is told of once. */
  let noisy = false;
  /** What comes belongs to an event that was refused for its length. */
  let endless = false;

  return {
    take(bytes) {
      const pieces: Piece[] = [];
      const all = rest.length === 0 ? bufferOf(bytes) : Buffer.concat([rest, bytes]);
      let at = 0;
      const cut = (is: Piece['is'], to: number): void => {
        pieces.push({ is, bytes: all.subarray(at, to) });
        at = to;
        searched = 0;
        noisy = is === 'noise';
      };
      while (at < all.length) {
        if (!endless && BLANKS.has(all[at] ?? 0)) {
          at++;
          continue;
        }
        const begins = endless ? ({ is: 'xml' } as const) : beginningAt(all, at);
        if (begins === 'more') break;
        if (begins !== 'noise' && begins.is === 'bom') {
          at += BOM.length;
          continue;
        }
        if (begins === 'noise') {
          const next = nextBeginning(all, at + 1);
          if (noisy) at = next;
          else cut('noise', next);
          continue;
        }
        if (begins.is === 'tak') {
          if (begins.to > all.length) break;
          at = begins.from;
          if (begins.to > begins.from) cut('tak', begins.to);
          continue;
        }
        const end = endOf(all, begins.is === 'auth' ? '</auth' : '</event', at, Math.max(at, searched));
        if (end < 0) {
          searched = all.length;
          if (!endless && all.length - at <= MOST_BYTES) break;
          if (!endless) pieces.push({ is: 'endless', bytes: all.subarray(at) });
          endless = true;
          at = Math.max(at, all.length - END_MOST);
          break;
        }
        if (endless) {
          endless = false;
          at = end;
          searched = 0;
          noisy = false;
        } else cut(end - at > MOST_BYTES ? 'endless' : begins.is, end);
      }
      searched = Math.max(0, searched - at);
      // A copy: of what was handed in nothing is kept.
      rest = Buffer.from(all.subarray(at));
      return pieces;
    },
    kept: () => rest.length,
  };
}

function beginningAt(bytes: Buffer, at: number): Beginning {
  const second = bytes[at + 1];
  if (bytes[at] === LESS_THAN) {
    if (second === undefined) return 'more';
    if (!BEGINNINGS.has(second)) return 'noise';
    return { is: second === 0x61 ? 'auth' : 'xml' };
  }
  if (bytes[at] === BOM[0]) {
    const found = bytes.subarray(at, at + BOM.length);
    if (!found.equals(BOM.subarray(0, found.length))) return 'noise';
    return found.length < BOM.length ? 'more' : { is: 'bom' };
  }
  if (bytes[at] !== MAGIC) return 'noise';
  let length = 0;
  for (let i = 0; i < MOST_LENGTH_BYTES; i++) {
    const byte = bytes[at + 1 + i];
    if (byte === undefined) return 'more';
    length += (byte & 0x7f) * 128 ** i;
    if (byte >= 0x80) continue;
    const from = at + 2 + i;
    if (length > MOST_BYTES) return 'noise';
    if (length > 0 && from >= bytes.length) return 'more';
    return length === 0 || FIRST_TAGS.has(bytes[from] ?? 0) ? { is: 'tak', from, to: from + length } : 'noise';
  }
  return 'noise';
}

/** Where something begins that may be no noise. */
function nextBeginning(bytes: Buffer, from: number): number {
  const next = bytes.subarray(from).findIndex((byte) => byte === LESS_THAN || byte === MAGIC);
  return next < 0 ? bytes.length : from + next;
}

/** Characters of the longest end of an event, with blanks before its `>`. */
const END_MOST = 16;

/** Where the end of an element is over; -1 where it has not come. @param searched so far it did not end */
function endOf(bytes: Buffer, end: string, from: number, searched: number): number {
  for (let at = Math.max(from, searched - END_MOST); ; at++) {
    at = bytes.indexOf(end, at);
    if (at < 0) return -1;
    let close = at + end.length;
    while (close - at < END_MOST && BLANKS.has(bytes[close] ?? MAGIC)) close++;
    if (bytes[close] === 0x3e) return close + 1;
    if (close >= bytes.length) return -1;
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

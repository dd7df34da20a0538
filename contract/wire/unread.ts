import type { BulkFrameOut } from './bulkFrames.ts';
import type { WireClock } from './clock.ts';

/** Milliseconds for which what is unread may lie on the way, besides the way itself, while more of the streams is let out. */
const QUEUE_MS = 400;
/** A window may always have so many bytes unread: they tell how long they take. */
const LEAST_BYTES = 32 * 1024;
/** What is let out to a window of which nothing is known yet. */
const FIRST_BYTES = 256 * 1024;
/** Sends that lie closer together than so many bytes are timed as one. */
const MARK_BYTES = 1024;

/** What was sent to one window and it has not read. Positions count bytes since it connected, as `messageSize` does. */
export interface Unread {
  /** So many bytes are sent now. @param frame the bulk frame that they are */
  sent(bytes: number, frame?: BulkFrameOut): void;
  /** The window has read up to here. */
  read(position: number): void;
  /** Where the last send ended, and up to where the window has read. */
  readonly end: number;
  readonly readTo: number;
  /** Bytes of bulk frames that it has not read. */
  bulk(): number;
  /** Bytes of bulk frames that other windows answer for, as they have them to read too. */
  shared(): number;
  /** How many bytes it may have unread while more of the streams is let out: what it reads in some hundred milliseconds. */
  allowance(): number;
  /** Nobody reads any more. */
  close(): void;
}

/**
 * Keeps what lies on the way to a window short without knowing how fast the way is: so many bytes that were unread at a send took
 * so long to be acknowledged (Little's law). When that is longer than the way takes by itself, the shortest time seen, plus what may lie in
 * a queue, the allowance is what would have taken just that; while it is not, the allowance grows.
 *
 * @param most the allowance never comes to more
 */
export function createUnread(clock: Pick<WireClock, 'monotonic'>, most: number): Unread {
  let end = 0;
  let readTo = 0;
  let holding: { end: number; frame: BulkFrameOut }[] = [];
  /** When bytes were sent, by where they end, with how many were unread then. */
  let marks: { end: number; at: number; unread: number }[] = [];
  let shortest = Number.POSITIVE_INFINITY;
  let allowance = Math.min(FIRST_BYTES, most);

  function letGo(upTo: number): void {
    for (const held of holding) if (held.end <= upTo) held.frame.holders--;
    holding = holding.filter((held) => held.end > upTo);
  }

  function learn(took: number, unread: number): void {
    shortest = Math.min(shortest, took);
    if (unread <= LEAST_BYTES) return;
    const may = shortest + QUEUE_MS;
    if (took > may) allowance = Math.max(LEAST_BYTES, (unread * may) / took);
    else allowance = Math.max(allowance, 1.25 * unread);
    allowance = Math.min(allowance, most);
  }

  return {
    get end() {
      return end;
    },
    get readTo() {
      return readTo;
    },
    sent(bytes, frame) {
      end += bytes;
      if (frame) {
        frame.holders++;
        holding.push({ end, frame });
      }
      const last = marks.at(-1);
      if (last === undefined || end - last.end >= MARK_BYTES) {
        marks.push({ end, at: clock.monotonic(), unread: end - readTo });
      }
    },
    read(position) {
      readTo = position;
      letGo(position);
      const newest = marks.findLast((mark) => mark.end <= position);
      if (newest === undefined) return;
      marks = marks.filter((mark) => mark.end > position);
      learn(clock.monotonic() - newest.at, newest.unread);
    },
    bulk: () => holding.reduce((sum, { frame }) => sum + frame.bytes.byteLength, 0),
    shared: () => holding.reduce((sum, { frame }) => sum + frame.bytes.byteLength * (1 - 1 / frame.holders), 0),
    allowance: () => allowance,
    close: () => letGo(end),
  };
}

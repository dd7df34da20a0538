import type { Outcome } from '../../../contract/features/rejects.ts';
import type { FeedSink } from '../feed.ts';
import { deliverAgain, nothingOf } from '../outcome.ts';
import type { Reader } from './read.ts';

/** Reads and delivers a message of ws-json that is put through again. */
export function putThrough(read: Reader, sink: FeedSink, bytes: Uint8Array): Outcome {
  const reading = read(Buffer.from(bytes));
  if (!reading.ok) return nothingOf(reading.fault);
  return deliverAgain(sink, reading.batch, { count: reading.rejected, faults: reading.faults });
}

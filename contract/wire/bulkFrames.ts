import { encodeBulkFrame } from './bulkFrame.ts';

/** A bulk frame on its way to one window or more: in memory once. */
export interface BulkFrameOut {
  readonly bytes: Uint8Array;
  /** Windows that it was sent to and that have not read it yet. */
  holders: number;
}

/** Frames of bulk payloads. */
export interface BulkFrames {
  /** The frame of a payload under a stream's id; the same as long as somebody has the payload. */
  frame(id: number, key: boolean, payload: Uint8Array): BulkFrameOut;
}

/** Windows that open their streams in the same order are sent the very same bytes. */
export function createBulkFrames(): BulkFrames {
  const known = new WeakMap<Uint8Array, Map<number, BulkFrameOut>>();
  return {
    frame(id, key, payload) {
      const frames = known.get(payload) ?? new Map<number, BulkFrameOut>();
      known.set(payload, frames);
      const name = 2 * id + (key ? 1 : 0);
      const frame = frames.get(name) ?? { bytes: encodeBulkFrame(id, key, payload), holders: 0 };
      frames.set(name, frame);
      return frame;
    },
  };
}

import { expect, test } from 'vitest';
import { decodeBulkFrame } from './bulkFrame.ts';
import { createBulkFrames } from './bulkFrames.ts';

test('B6 a payload is framed once for all windows that have it under the same id, and anew for another id or kind', () => {
  const frames = createBulkFrames();
  const payload = Uint8Array.of(1, 2, 3);
  const first = frames.frame(7, true, payload);
  expect(frames.frame(7, true, payload)).toBe(first);
  expect(decodeBulkFrame(first.bytes)).toMatchObject({ id: 7, key: true, payload });
  expect(decodeBulkFrame(frames.frame(8, true, payload).bytes)).toMatchObject({ id: 8, key: true });
  expect(decodeBulkFrame(frames.frame(7, false, payload).bytes)).toMatchObject({ id: 7, key: false });
  expect(frames.frame(7, true, payload.slice())).not.toBe(first);
});

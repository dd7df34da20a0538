import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, frameReader, openHallChannel } from './hallChannel.ts';
import type { FromHall, ToHall } from './hallMessages.ts';

const message = fc.oneof(
  fc.record({
    type: fc.constant('data' as const),
    id: fc.nat(),
    data: fc.string({ unit: 'grapheme', maxLength: 300 }),
  }),
  fc.record({ type: fc.constant('data' as const), id: fc.nat(), data: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ type: fc.constant('connect' as const), id: fc.nat(), shell: fc.boolean() }),
  fc.record({ type: fc.constant('close' as const), id: fc.nat() }),
  fc.constant({ type: 'stop' as const }),
);

describe('the channel between the shell and the hall', () => {
  test('given any messages, cut anywhere into chunks, then the same messages come in their order', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 }),
        (sent, cuts) => {
          const got: ToHall[] = [];
          const read = frameReader<ToHall>((each) => got.push(each));
          const bytes = Buffer.concat(sent.map(encodeFrame));
          for (let at = 0, n = 0; at < bytes.length; n++) {
            const next = at + (cuts[n % cuts.length] ?? 1);
            read(bytes.subarray(at, next));
            at = next;
          }
          expect(got).toEqual(sent);
        },
      ),
      { seed: 20261127, numRuns: 300 },
    );
  });

  test('a length that comes in two pieces, which Node 20 never reads on from, is read', () => {
    const got: FromHall[] = [];
    const read = frameReader<FromHall>((each) => got.push(each));
    const bytes = Buffer.concat([encodeFrame({ type: 'close', id: 1 }), encodeFrame({ type: 'close', id: 2 })]);
    const first = encodeFrame({ type: 'close', id: 1 }).length;
    for (const chunk of [bytes.subarray(0, first + 2), bytes.subarray(first + 2)]) read(chunk);
    expect(got).toEqual([
      { type: 'close', id: 1 },
      { type: 'close', id: 2 },
    ]);
  });

  test('what is no frame ends the channel once, and no message comes of it', () => {
    for (const bad of [
      Buffer.from([255, 255, 255, 255]),
      Buffer.from([1, 0, 0, 0, 0]),
      Buffer.from([5, 0, 0, 0, 9, 0, 0, 0, 0]),
    ]) {
      const got: FromHall[] = [];
      const read = frameReader<FromHall>((each) => got.push(each));
      expect(() => read(bad)).toThrow('the channel of the hall is broken');
      expect(got).toEqual([]);
    }
  });

  test('an end that is gone is told, and what is said to it afterwards goes nowhere', async () => {
    const pipe = new PassThrough();
    const ended = new Promise<void>((resolve) => {
      const { send } = openHallChannel<ToHall, FromHall>(
        pipe,
        () => undefined,
        () => {
          send({ type: 'close', id: 1 });
          resolve();
        },
      );
    });
    pipe.destroy();
    await ended;
  });
});

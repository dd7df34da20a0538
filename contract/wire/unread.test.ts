import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUnread } from './unread.ts';

const MOST = 2 * 1024 * 1024;

/**
 * A window at the end of a line of so many bytes a second and so many ms each way, which is sent payloads of a stream as fast as it may
 * be. What was unread at the end of each second, and what came in all.
 */
function stream(line: { perSecond: number; oneWay: number }, seconds: number, payload = 10_000) {
  let now = 0;
  const unread = createUnread({ monotonic: () => now }, MOST);
  /** On the way there, and acknowledgements on the way back: what has come by when. */
  const arriving: { end: number; at: number }[] = [];
  const acks: { end: number; at: number }[] = [];
  let free = 0;
  const each: number[] = [];
  for (; now < seconds * 1000; now++) {
    while (arriving[0] && arriving[0].at <= now) {
      const { end } = arriving.shift() as { end: number };
      acks.push({ end, at: now + line.oneWay });
    }
    while (acks[0] && acks[0].at <= now) unread.read((acks.shift() as { end: number }).end);
    for (let i = 0; i < 20 && unread.end - unread.readTo <= unread.allowance(); i++) {
      unread.sent(payload);
      free = Math.max(free, now) + (1000 * payload) / line.perSecond;
      arriving.push({ end: unread.end, at: free + line.oneWay });
    }
    if (now % 1000 === 999) each.push(unread.end - unread.readTo);
  }
  return { each, read: unread.readTo, queuedMs: free - now };
}

describe('what a window has not read', () => {
  it('F7 on a line of 1.6 Mbit/s a stream leaves less than a second in front of a decision, and the line is used', () => {
    const { each, read, queuedMs } = stream({ perSecond: 200_000, oneWay: 150 }, 60);
    // Sent now, a decision is there after what is queued and the way.
    for (const bytes of each.slice(5)) expect(bytes / 200_000).toBeLessThan(1.05);
    expect(queuedMs).toBeLessThan(700);
    expect(read).toBeGreaterThan(0.9 * 59 * 200_000);
  });

  it('F7 a quick line is not held up', () => {
    expect(stream({ perSecond: 20_000_000, oneWay: 1 }, 5).read).toBeGreaterThan(0.8 * 5 * 20_000_000);
    expect(stream({ perSecond: 2_000_000, oneWay: 50 }, 20).read).toBeGreaterThan(0.8 * 20 * 2_000_000);
  });

  it('F7 whatever the line, a stream is let out as fast as it goes, and soon not much faster', () => {
    const line = fc.record({
      perSecond: fc.integer({ min: 20_000, max: 4_000_000 }),
      oneWay: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(line, ({ perSecond, oneWay }) => {
        const { read, queuedMs } = stream({ perSecond, oneWay }, 40);
        expect(read).toBeGreaterThan(Math.min(0.5 * 40 * perSecond, 40_000 * (32_768 / (2 * oneWay + 1000))));
        // What may always be unread takes long on the slowest of lines.
        expect(queuedMs).toBeLessThan(1000 + (1000 * 45_000) / perSecond);
      }),
      { numRuns: 40 },
    );
  });

  it('a frame is held by each window until it has read it, and by none that is gone', () => {
    const frame = { bytes: new Uint8Array(100), holders: 0 };
    const [a, b] = [0, 1].map(() => createUnread({ monotonic: () => 0 }, MOST));
    a?.sent(100, frame);
    b?.sent(100, frame);
    expect([frame.holders, a?.bulk(), a?.shared()]).toEqual([2, 100, 50]);
    a?.read(99);
    expect(frame.holders).toBe(2);
    a?.read(100);
    expect([frame.holders, a?.bulk(), b?.shared()]).toEqual([1, 0, 0]);
    b?.close();
    expect(frame.holders).toBe(0);
  });
});

import { expect, test } from 'vitest';
import type { Ffmpeg, StreamHandlers } from './ffmpeg.ts';
import { createProcessBudget, halfOf, limitProcesses, type ProcessBudget } from './processBudget.ts';

/** An ffmpeg within a budget, whose processes end when they are told to; answers how each stream that was asked for ended. */
function limited(budget: ProcessBudget) {
  const exits: (() => void)[] = [];
  const ends: string[] = [];
  const ffmpeg: Ffmpeg = {
    binary: undefined,
    pull: () => {
      const exited = new Promise<void>((resolve) => void exits.push(resolve));
      return { pid: 1, stop() {}, exited };
    },
    picture: () => Promise.reject(new Error('none is taken here')),
  };
  const limit = limitProcesses(ffmpeg, budget, () => undefined);
  const handlers = { ended: ({ code }: { code: string }) => void ends.push(code) } as unknown as StreamHandlers;
  return {
    ends,
    start: (n: number) => {
      for (let i = 0; i < n; i++) limit.pull({ url: 'rtsp://a' }, { kind: 'h264' } as never, handlers);
    },
    exit: () => exits.shift()?.(),
    idle: () => limit.idle(),
  };
}

const turn = () => new Promise<void>((next) => setImmediate(next));

test('two worlds share one budget: a drill starts none once half of it runs, and the live work has the rest', async () => {
  const budget = createProcessBudget(4);
  const [live, drill] = [limited(budget), limited(halfOf(budget))];
  drill.start(3);
  await turn();
  expect(drill.ends).toEqual(['busy']);
  live.start(3);
  await turn();
  expect([live.ends, budget.running.size]).toEqual([['busy'], 4]);
  // One of the drill's ends: its place is the live work's, not again the drill's.
  drill.exit();
  await turn();
  drill.start(1);
  live.start(1);
  await turn();
  expect([drill.ends.length, live.ends.length, budget.running.size]).toEqual([2, 1, 4]);
});

test('a world is idle when its own processes are gone, whoever else has some', async () => {
  const budget = createProcessBudget(4);
  const [live, drill] = [limited(budget), limited(halfOf(budget))];
  live.start(1);
  drill.start(1);
  drill.exit();
  await drill.idle();
  expect(budget.running.size).toBe(1);
});

import { expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createLogOutput, type Output } from './logOutput.ts';

/** An output in memory that refuses what it is told to refuse. */
function rig() {
  const clock = createFakeClock();
  let text = '';
  let code: string | null = null;
  let asleep = false;
  let room = Number.POSITIVE_INFINITY;
  const take = (bytes: Uint8Array): number => {
    if (code !== null) throw Object.assign(new Error(`${code}: the test refused it`), { code });
    const taken = Math.min(bytes.length, room);
    text += Buffer.from(bytes.subarray(0, taken)).toString();
    return taken;
  };
  const output: Output = {
    write(bytes, done) {
      if (asleep) return;
      queueMicrotask(() => {
        try {
          done(null, take(bytes));
        } catch (error) {
          done(error as Error, 0);
        }
      });
    },
    writeSync: take,
  };
  return {
    clock,
    log: createLogOutput({ output, clock }),
    refuse: (as: string | null) => {
      code = as;
    },
    sleep: () => {
      asleep = true;
    },
    roomFor: (bytes: number) => {
      room = bytes;
    },
    lines: () => text.split('\n').filter((line) => line !== ''),
  };
}

const line = (msg: string, level = 40, more = '') => `{"level":${level},"time":1${more},"msg":"${msg}"}\n`;
const messages = (lines: readonly string[]) => lines.map((text) => JSON.parse(text).msg);

test.each(['ENOSPC', 'EIO', 'EPIPE', 'EBADF'])(
  '%s drops lines, and says how many once it takes lines again',
  async (code) => {
    const { clock, log, refuse, lines } = rig();
    log.write(line('before'));
    await clock.advance(0);
    refuse(code);
    for (let i = 0; i < 5; i++) {
      log.write(line(`lost ${i}`));
      await clock.advance(300);
    }
    refuse(null);
    await clock.advance(1000);
    log.write(line('after'));
    await clock.advance(1000);
    expect(messages(lines())[0]).toBe('before');
    expect(messages(lines()).at(-1)).toBe('after');
    const told = lines()
      .map((text) => JSON.parse(text))
      .filter((each) => each.msg === 'lines of this log were lost');
    expect(told.reduce((sum, each) => sum + each.lines, 0)).toBe(log.lost);
    expect(log.lost).toBeGreaterThan(0);
    expect(messages(lines()).filter((msg) => msg.startsWith('lost '))).toHaveLength(5 - log.lost);
    expect(told[0].why).toContain(code);
  },
);

test('a pipe that is full for the moment loses nothing', async () => {
  const { clock, log, refuse, lines } = rig();
  refuse('EAGAIN');
  log.write(line('one'));
  await clock.advance(10);
  log.write(line('two'));
  await clock.advance(200);
  refuse(null);
  await clock.advance(200);
  expect(messages(lines())).toEqual(['one', 'two']);
  expect(log.lost).toBe(0);
});

test('an output that takes pieces gets whole lines, one after the other', async () => {
  const { clock, log, roomFor, lines } = rig();
  roomFor(7);
  for (const msg of ['one', 'two', 'three']) log.write(line(msg));
  await clock.advance(100);
  expect(messages(lines())).toEqual(['one', 'two', 'three']);
});

test('a reader that sleeps costs a megabyte and no more', () => {
  const { log, sleep } = rig();
  sleep();
  for (let i = 0; i < 2000; i++) log.write(line(`different ${i}`, 40, `,"more":"${'x'.repeat(2000)}"`));
  expect(log.lost).toBeGreaterThan(1400);
  expect(log.lost).toBeLessThan(1500);
});

test('one sentence over and over is counted after thirty, all kinds together after three thousand; debug is not', async () => {
  const { clock, log, lines } = rig();
  for (let i = 0; i < 100; i++) log.write(line('the same', 40, `,"n":${i}`));
  for (let i = 0; i < 4000; i++) log.write(line(`another ${i}`));
  for (let i = 0; i < 50; i++) log.write(line('wished for', 20));
  await clock.advance(1000);
  const now = messages(lines());
  expect(now.filter((msg) => msg === 'the same')).toHaveLength(30);
  expect(now.filter((msg) => msg.startsWith('another'))).toHaveLength(2900);
  expect(now.filter((msg) => msg === 'wished for')).toHaveLength(50);
  await clock.advance(60_000);
  expect(
    lines()
      .slice(-2)
      .map((text) => JSON.parse(text)),
  ).toEqual([
    expect.objectContaining({ sentence: 'the same', times: 70 }),
    expect.objectContaining({ sentence: 'of any kind', times: 1100 }),
  ]);
  log.write(line('the same'));
  await clock.advance(0);
  expect(messages(lines()).at(-1)).toBe('the same');
});

test('a line of any length is cut, and stays a line of JSON', async () => {
  const { clock, log, lines } = rig();
  log.write(line('long', 50, `,"path":"${'/x'.repeat(8000)}"`));
  log.write(line('y'.repeat(20_000)));
  await clock.advance(0);
  expect(lines().map((text) => JSON.parse(text))).toEqual([
    expect.objectContaining({ level: 50, msg: 'long', cutFrom: expect.any(Number) }),
    expect.objectContaining({ level: 40 }),
  ]);
  for (const each of lines()) expect(each.length).toBeLessThan(8 * 1024);
});

test('what waits and the last line are out before the process ends, and a full disk does not hold it', async () => {
  const { log, refuse, lines } = rig();
  refuse('EAGAIN');
  log.write(line('waits'));
  refuse(null);
  log.last(line('the end', 60));
  expect(messages(lines())).toContain('the end');
  refuse('ENOSPC');
  expect(() => log.last(line('nobody reads this'))).not.toThrow();
});

import { expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { keepProgram } from './kept.ts';
import { SimulatorFailed } from './program.ts';

/** A program that is started as often as it is asked for, and ends when a test says so. */
function rig() {
  const clock = createFakeClock();
  const told: string[] = [];
  const started: { again: boolean; lost(why: string): void; closed: boolean }[] = [];
  let fail: Error | null = null;
  let held: Promise<void> | null = null;
  const kept = keepProgram(
    async (again, lost) => {
      if (fail) throw fail;
      const program = { again, lost, closed: false };
      started.push(program);
      await held;
      return {
        control: `http://127.0.0.1:${started.length}`,
        async close() {
          program.closed = true;
        },
      };
    },
    clock,
    {
      lost: ({ zh }, wait) => told.push(`${zh} ${wait > 0}`),
      back: () => told.push('back'),
      well: () => told.push('well'),
    },
  );
  return {
    ...{ clock, told, started, kept },
    failWith: (error: Error | null) => {
      fail = error;
    },
    hold(until: Promise<void>) {
      held = until;
    },
  };
}

test('what ended by itself is started again, later and later while it does not stay, and no later after it was well', async () => {
  const { clock, told, started, kept, failWith } = rig();
  const program = await kept;
  expect([program.control(), started[0]?.again]).toEqual(['http://127.0.0.1:1', false]);
  started[0]?.lost('SIGKILL');
  expect([program.control(), told]).toEqual([null, ['SIGKILL true']]);
  await clock.advance(1_000);
  expect([program.control(), started[1]?.again, told.at(-1)]).toEqual(['http://127.0.0.1:2', true, 'back']);
  started[1]?.lost('exit code 1');
  await clock.advance(999);
  expect(started).toHaveLength(2);
  failWith(new SimulatorFailed({ zh: '端口被占用', en: 'its port is taken' }));
  await clock.advance(1_001);
  expect(told.at(-1)).toBe('端口被占用 true');
  failWith(null);
  await clock.advance(4_000);
  expect([started.length, told.at(-1)]).toEqual([3, 'back']);
  await clock.advance(60_000);
  expect(told.at(-1)).toBe('well');
  started[2]?.lost('SIGKILL');
  await clock.advance(1_000);
  expect(started).toHaveLength(4);
});

test('one that never stays is tried each minute at the longest, and that is all that is waiting', async () => {
  const { clock, started, kept } = rig();
  await kept;
  for (let i = 0; i < 12; i++) {
    started.at(-1)?.lost('SIGKILL');
    await clock.advance(59_000);
    if (started.length === i + 1) await clock.advance(1_000);
    expect(started).toHaveLength(i + 2);
  }
});

test('one that is closed is not started again; one that was being started then is closed', async () => {
  const down = rig();
  const program = await down.kept;
  down.started[0]?.lost('SIGKILL');
  await program.close();
  await down.clock.advance(120_000);
  expect([down.started.length, down.clock.pending]).toEqual([1, 0]);

  const starting = rig();
  const other = await starting.kept;
  let release = () => {};
  starting.hold(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  starting.started[0]?.lost('SIGKILL');
  await starting.clock.advance(1_000);
  const closed = other.close();
  release();
  await closed;
  expect([starting.started[1]?.closed, starting.told]).toEqual([true, ['SIGKILL true']]);
});

test('one that cannot be started at first is not tried again', async () => {
  const { clock, started } = rig();
  await expect(
    keepProgram(
      async () => {
        throw new SimulatorFailed({ zh: '没有', en: 'none' });
      },
      clock,
      { lost: () => started.pop(), back() {}, well() {} },
    ),
  ).rejects.toMatchObject({ text: { en: 'none' } });
  expect(clock.pending).toBe(0);
});

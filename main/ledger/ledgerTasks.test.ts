import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { openLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig } from '../../tests/fakes/domainRig.ts';
import { TASKS } from '../../tests/fixtures/ledgerTasks.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { until } from '../../tests/support/until.ts';
import { createLedgerThreads, type LedgerTaskLimits } from './ledgerTasks.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const PROGRAM = fileURLToPath(new URL('../../tests/fixtures/ledgerTasks.worker.ts', import.meta.url));

/** A thread on the events of an alarm that rose three times; `inMemory` of them are sent with each order, `written` are in the file. */
async function open(limits: Partial<LedgerTaskLimits> = {}, inMemory = 0, written = 3) {
  const rig = createDomainRig();
  let alarm = '';
  for (const level of [3, 2, 1] as const) alarm = await rig.raise(level);
  const events = rig.ledger.eventsOf(alarm);
  const dir = scratch.folder();
  const store = scratch.keep(openLedgerStore(join(dir, 'ledger.db')), (it) => it.close());
  store.appendAll(events.slice(0, written));
  const clock = createFakeClock();
  const inMemoryOf = (subject: string): LedgerEvent[] =>
    subject === alarm && inMemory > 0 ? events.slice(-inMemory) : [];
  const threads = createLedgerThreads({ dir, ledger: { inMemoryOf }, clock, limits });
  const thread = scratch.keep(threads.open(TASKS, PROGRAM), (it) => it.close());
  return { thread, clock, store, alarm, events, ids: events.map(({ id }) => id) };
}

const failed = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.fail('it was answered'),
    (error) => error,
  );

test('a task reads what is in the file, what came into it since, and what is in memory only, each once', async () => {
  const { thread, alarm, ids, store, events } = await open({}, 2, 1);
  expect(await thread.ask('ids', alarm, [alarm])).toEqual(ids);
  expect(await thread.ask('ids', alarm, [])).toEqual(ids.slice(0, 1));
  store.appendAll(events.slice(1, 2));
  expect(await thread.ask('ids', alarm, [alarm])).toEqual(ids);
  expect(await thread.ask('ids', alarm, [])).toEqual(ids.slice(0, 2));
});

test('what a task refuses is refused as it says; what fails is a fault; the next order is done', async () => {
  const { thread, alarm, ids } = await open();
  expect(await failed(thread.ask('refuse', 'run', []))).toMatchObject({ code: 'not-found', field: 'run' });
  expect((await failed(thread.ask('fail', 'a fault of its own', []))).message).toContain('a fault of its own');
  expect(await thread.ask('ids', alarm, [])).toEqual(ids);
});

test('more than a task may read is refused', async () => {
  const { thread, alarm } = await open({ chars: 100 });
  expect(await failed(thread.ask('ids', alarm, []))).toMatchObject({ code: 'too-large' });
});

test('a task that takes too long is given up with a sentence, and another thread does what waits', async () => {
  const { thread, clock, alarm, ids } = await open();
  const begun = new SharedArrayBuffer(4);
  const slow = failed(thread.ask('spin', begun, []));
  const next = thread.ask('ids', alarm, []);
  await until(() => Atomics.load(new Int32Array(begun), 0) === 1);
  clock.advanceSync(5999);
  clock.advanceSync(1);
  expect(await slow).toMatchObject({ code: 'busy', message: expect.stringContaining('ask again later') });
  expect(await next).toEqual(ids);
});

test('a thread that dies takes its order with it and no other', async () => {
  const { thread, alarm, ids } = await open();
  const dead = failed(thread.ask('die', 7, []));
  const next = thread.ask('ids', alarm, []);
  expect((await dead).message).toContain('ended early (7)');
  expect(await next).toEqual(ids);
});

test('a world that closes ends the thread and leaves nobody waiting', async () => {
  const { thread, alarm } = await open({ waiting: 1 });
  const begun = new SharedArrayBuffer(4);
  const asked = [failed(thread.ask('spin', begun, [])), failed(thread.ask('ids', alarm, []))];
  expect(await failed(thread.ask('ids', alarm, []))).toMatchObject({ code: 'busy' });
  await until(() => Atomics.load(new Int32Array(begun), 0) === 1);
  await thread.close();
  for (const error of await Promise.all(asked)) expect(error).toMatchObject({ code: 'unavailable' });
  expect(await failed(thread.ask('ids', alarm, []))).toMatchObject({ code: 'unavailable' });
});

import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LedgerEvent } from '../../../../core/ledger/envelope.ts';
import { OPS } from '../../../../core/ledger/stream.ts';
import { openLedgerStore } from '../../../../native/sqlite/ledgerStore.ts';
import { createFakeClock } from '../../../../tests/fakes/clock.ts';
import { launched, opened } from '../../../../tests/fakes/workedRig.ts';
import { longPlan } from '../../../../tests/scale/longPlan.ts';
import { createScratch } from '../../../../tests/support/scratch.ts';
import { createLedgerThreads } from '../../../ledger/ledgerTasks.ts';
import { RUN_TASKS_PROGRAM, runTasks } from './tellRuns.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const MADE = { station: 'A', departments: new Map(), zone: 'Asia/Shanghai', madeAt: 1_700_000_000_000, drill: null };

/** The thread of a hall whose file has `written`, and which holds `inMemory` beside it. */
function threadOn(written: readonly LedgerEvent[], inMemory: readonly LedgerEvent[] = []) {
  const dir = scratch.folder();
  const store = openLedgerStore(join(dir, 'ledger.db'));
  store.appendAll(written);
  store.close();
  const inMemoryOf = (subject: string) => inMemory.filter((event) => event.subject === subject);
  const threads = createLedgerThreads({ dir, ledger: { inMemoryOf }, clock: createFakeClock() });
  return scratch.keep(threads.open(runTasks, RUN_TASKS_PROGRAM), (it) => it.close());
}

test('P12 the thread tells a run of 200 long notes to the letter as it is told in place, page by page', async () => {
  const { call, plans, incident, ledger } = await opened();
  plans.push(longPlan('chain', 200));
  const { run } = await call('runs.launch', { incident, plan: 'chain-200', version: 1 });
  for (let i = 0; i < 200; i++)
    await call('runs.finish', { run, step: `s${i}`, note: `${i} <水> ${'"'.repeat(1200)}${'😀'.repeat(300)}` });
  await call('runs.allClear', { run, reason: 'dry' });
  const thread = threadOn([...ledger.all()]);
  let pages = 0;
  for (let from: number | null = 0; from !== null; pages++) {
    const order = { run, stream: OPS, from };
    const page = runTasks.timeline(ledger.eventsOf, order);
    expect(await thread.ask('timeline', order, [])).toStrictEqual(page);
    from = page.next;
  }
  for (const lang of ['zh-CN', 'en'] as const)
    for (let from: number | null = 0; from !== null; pages++) {
      const order = { run, stream: OPS, from, lang, ...MADE };
      const part = runTasks.report(ledger.eventsOf, order);
      expect(await thread.ask('report', order, [])).toStrictEqual(part);
      from = part.next;
    }
  expect(pages).toBe(2 + 2 * 2);
});

test('P12 what the disk has not taken yet is told too', async () => {
  const { call, run, incident, alarm, ledger, raise } = await launched();
  await call('runs.finish', { run, step: 'look', note: 'half a metre' });
  const written = [...ledger.all()];
  await raise(1);
  const inMemory = [...ledger.all()].slice(written.length - 1);
  expect(inMemory).toHaveLength(2); // One of them the file has by now.
  const order = { run, stream: OPS, from: 0 };
  const whole = runTasks.timeline(ledger.eventsOf, order);
  expect(await threadOn(written, inMemory).ask('timeline', order, [run, incident, alarm])).toStrictEqual(whole);
  expect(whole.entries.at(-1)).toMatchObject({ type: 'alarm.raised', text: { en: 'Level I alarm: Water (0.5 m)' } });
});

test('a rehearsal is told like the real thing: what its own stream has is folded, and nothing of another', async () => {
  const { call, run, incident, ledger } = await launched();
  await call('incidents.setLevel', { incident, level: 1, reason: 'the water rises' });
  await call('runs.finish', { run, step: 'look' });
  const real = [...ledger.all()];
  const drill = JSON.parse(
    JSON.stringify(real).replaceAll('"ops/', '"drill:x/').replaceAll('"stream":"ops"', '"stream":"drill:x"'),
  ) as LedgerEvent[];
  const told = (events: readonly LedgerEvent[], stream: string) =>
    runTasks.report((subject) => events.filter((event) => event.subject === subject), {
      ...{ run, stream, from: 0, lang: 'en', ...MADE },
    }).html;
  const report = told(drill, 'drill:x');
  expect(report).toBe(told(real, OPS));
  expect(report).toMatch(/<dt>Response level<\/dt><dd>I · [^<]*Incident commander[^<]* · the water rises<\/dd>/);
  await expect(threadOn(drill).ask('timeline', { run, stream: OPS, from: 0 }, [])).rejects.toMatchObject({
    ...{ code: 'not-found', message: `there is no plan run ${run}` },
  });
});

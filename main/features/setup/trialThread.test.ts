import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { MOST_TRIED_RULES, TrialView } from '../../../contract/features/setupTrial.ts';
import { AlarmRules } from '../../../core/alarms/rules.ts';
import { openTelemetryJournal } from '../../../native/sqlite/telemetryJournal.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { systemClock } from '../../clock.ts';
import { createTrialThread } from './trialThread.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const { rules } = AlarmRules.parse({
  rules: Array.from({ length: 250 }, (_, i) => ({
    ...{ rule: `r${i}`, name: { zh: '水位', en: 'Water' }, sensor: { kind: 'water-level' } },
    levels: [{ level: 2, raise: i + 1, clear: i + 0.5 }],
  })),
});
const others = [] as const;
const things = {
  sensors: [{ id: 'WL-1', kind: 'water-level', lon: 0, lat: 0 }],
  units: [],
  places: new Map(),
  zone: 'Asia/Shanghai',
};
const open = () => scratch.keep(createTrialThread({ clock: systemClock() }), (it) => it.close());

test('a thread tries rules and tells those that raised most, as the contract has it', async () => {
  const file = join(scratch.folder('trial'), 'telemetry.db');
  const journal = openTelemetryJournal({ file, now: () => 1000 });
  for (const [i, value] of [0, 10, 0, 5, 0].entries()) journal.observation('WL-1', 1000 + i, value, 0);
  journal.close();
  const tried = await open().ask({ file, rules, others, things, from: 0 });
  expect(TrialView.parse(tried)).toEqual(tried);
  expect(tried).toMatchObject({ count: 250, values: 5, span: { from: 1000, to: 1004 }, mostInTenMinutes: 15 });
  expect(tried.rules).toHaveLength(MOST_TRIED_RULES);
  expect(tried.rules.slice(0, 11).map(({ raised }) => raised)).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0]);
});

test('without a history nothing was heard; a file that is none is said, and the next trial goes on', async () => {
  const folder = scratch.folder('trial');
  const thread = open();
  const nothing = { values: 0, span: null, mostInTenMinutes: 0 };
  const missing = join(folder, 'telemetry.db');
  expect(await thread.ask({ file: missing, rules, others, things, from: 0 })).toMatchObject(nothing);
  const odd = join(folder, 'odd.db');
  writeFileSync(odd, 'no database, and more than a page would need to be one'.repeat(99));
  await expect(thread.ask({ file: odd, rules, others, things, from: 0 })).rejects.toThrow(/not a database/);
  expect(await thread.ask({ file: missing, rules, others, things, from: 0 })).toMatchObject(nothing);
});

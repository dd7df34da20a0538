import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openTelemetryHistory } from '../../native/sqlite/telemetryHistory.ts';
import { openTelemetryJournal } from '../../native/sqlite/telemetryJournal.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { init } from './init.ts';
import { tryRulesCommand } from './tryRules.ts';

const scratch = createScratch();
afterEach(async () => {
  vi.restoreAllMocks();
  await scratch.clear();
});

const DAY_MS = 86_400_000;

/** A hall with one gauge and one rule, whose gauge stood high yesterday and the day before. */
function hall(): { dataDir: string; now: number } {
  const dataDir = scratch.folder('hall');
  init([dataDir]);
  writeFileSync(
    join(dataDir, 'city', 'sensors.yaml'),
    'crs: wgs84\nsensors:\n  - { id: WL-1, kind: water-level, name: { zh: 滨河路, en: Riverside Road }, unit: m, lon: 121.9, lat: 29.1 }\n',
  );
  writeFileSync(
    join(dataDir, 'rules', 'own.yaml'),
    'rules:\n  - rule: own-water\n    name: { zh: 本厅水位, en: Own water }\n    sensor: { kind: water-level }\n    levels: [{ level: 2, raise: 1, clear: 0.5 }]\n',
  );
  const now = Date.now();
  // As it was written: each day in tables of its own.
  for (const ago of [1.5, 0.5]) {
    const then = now - ago * DAY_MS;
    const journal = openTelemetryJournal({ file: join(dataDir, 'telemetry.db'), now: () => then });
    for (const [i, value] of [0, 2, 0, 2, 0].entries()) journal.observation('WL-1', then + i * 1000, value, 0);
    journal.observation('elsewhere', then, 9, 0);
    journal.close();
  }
  return { dataDir, now };
}

function said(options: readonly string[]): string {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  expect(tryRulesCommand(options)).toBe(0);
  vi.restoreAllMocks();
  return lines.join('\n');
}

test('says what a folder’s rules would have raised, of so many days, in both languages, and writes nothing', () => {
  const { dataDir } = hall();
  const day = said(['--data', dataDir, '--lang', 'en']);
  expect(day).toMatch(/Own water \(own-water\): 2 \(II 2\), the longest 1 min; most of WL-1 ×2; heard of 1 of 1/);
  expect(day).toMatch(/Within ten minutes at most 2\./);
  const days = said(['--data', dataDir, '--days', '2', '--lang', 'zh-CN']);
  expect(days).toMatch(/本厅水位 \(own-water\)：4 条（II 4）/);
  expect(() => tryRulesCommand(['--data', dataDir, '--days', '0'])).toThrow(/1 到 3 的整数/);
});

test('a file that is left out is named: nothing of it is tried', () => {
  const { dataDir } = hall();
  writeFileSync(join(dataDir, 'rules', 'own.yaml'), 'rules: [');
  expect(said(['--data', dataDir, '--lang', 'en'])).toMatch(/^error: .*own\.yaml/m);
});

test('a hall without history says so', () => {
  const dataDir = scratch.folder('hall');
  init([dataDir]);
  expect(() => tryRulesCommand(['--data', dataDir])).toThrow(/telemetry\.db/);
});

test('history is read from a day on, of the sensors that are asked for, while the hall writes', () => {
  const { dataDir, now } = hall();
  const journal = openTelemetryJournal({ file: join(dataDir, 'telemetry.db'), now: () => now });
  journal.observation('WL-1', now, 1, 2);
  for (const unit of ['T-1', 'T-2']) journal.position(unit, now, 121.1234567, 29.7654321, 0, 0, 0);
  journal.sample('WL-1', now - 1, 3);
  journal.flush();
  const history = openTelemetryHistory(join(dataDir, 'telemetry.db')) ?? expect.fail('no history');
  const rows = [...history.of(new Set(['WL-1']), now - DAY_MS)];
  expect(rows.map(({ value }) => value)).toEqual([0, 2, 0, 2, 0, 1]);
  expect(rows.at(-1)).toEqual({ sensor: 'WL-1', t: now, value: 1, quality: 2 });
  expect([...history.of(new Set(['nobody']), 0)]).toEqual([]);
  const where = { unit: 'T-2', t: now, lon: 121.1234567, lat: 29.7654321 };
  expect([...history.positionsOf(new Set(['T-2', 'WL-1']), now - DAY_MS)]).toEqual([where]);
  expect([...history.positionsOf(new Set(['T-2']), now + 1)]).toEqual([]);
  expect([...history.samplesOf(new Set(['WL-1']), 0)]).toEqual([{ sensor: 'WL-1', t: now - 1, value: 3 }]);
  history.close();
  journal.close();
});

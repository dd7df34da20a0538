import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createScratch } from '../../../tests/support/scratch.ts';
import { applyImport, undoImport } from './apply.ts';
import { ImportError } from './importError.ts';
import { type ImportPlan, planImport } from './plan.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const NOW = Date.UTC(2026, 10, 28, 1, 2, 3);
const NAME = 'places-places';

/** A hall's folder, and how tables are planned for it. */
function hall() {
  const folder = scratch.folder('apply');
  const dataDir = join(folder, 'data');
  const file = join(folder, 'places.csv');
  const plan = (...rows: string[]): Promise<ImportPlan> => {
    writeFileSync(file, `编号,名称,经度,纬度\n${rows.map((row) => `${row},121.5,31.2\n`).join('')}`);
    return planImport({ dataDir, kind: 'places', file, options: { crs: 'wgs84' } });
  };
  const target = join(dataDir, 'city', `${NAME}.json`);
  const formers = join(dataDir, 'city', '.imports');
  return {
    dataDir,
    plan,
    target,
    formers,
    ids: () =>
      readFileSync(target, 'utf8')
        .match(/"id":"\w+"/g)
        ?.map((each) => each.slice(6, -1)),
  };
}

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ImportError) return error.message;
    throw error;
  }
  return 'done';
}

describe('an import', () => {
  test('is one file of the hall, a thing a line and sorted by id, for its owner alone', async () => {
    const { plan, target } = hall();
    const applied = applyImport(await plan('B,二', 'A,一'), NOW);
    expect(applied).toMatchObject({ written: true, file: target });
    expect(readFileSync(target, 'utf8')).toBe(
      '{\n"crs": "wgs84",\n"places": [\n{"id":"A","name":{"zh":"一","en":"一"},"lon":121.5,"lat":31.2},\n{"id":"B","name":{"zh":"二","en":"二"},"lon":121.5,"lat":31.2}\n]\n}\n',
    );
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  test('that is done twice changes nothing: not a byte, and nothing is laid aside', async () => {
    const { plan, target, formers } = hall();
    applyImport(await plan('A,一', 'B,二'), NOW);
    const [before, { ino, mtimeMs }, laid] = [readFileSync(target), statSync(target), readdirSync(formers)];
    const again = await plan('B,二', 'A,一');
    expect(again).toMatchObject({ new: [], changed: [], same: 2, gone: [] });
    expect(applyImport(again, NOW + 1)).toEqual({ written: false, file: target, former: null });
    expect(readFileSync(target).equals(before)).toBe(true);
    expect([statSync(target).ino, statSync(target).mtimeMs]).toEqual([ino, mtimeMs]);
    expect(readdirSync(formers)).toEqual(laid);
  });

  test('is undone, step by step, back to there being none; then there is nothing to undo', async () => {
    const { dataDir, plan, target, formers, ids } = hall();
    applyImport(await plan('A,一'), NOW);
    applyImport(await plan('B,二'), NOW); // in the same millisecond
    applyImport(await plan('C,三'), NOW - 1000); // by a clock that was set back
    expect(readdirSync(formers)).toEqual([
      ...['20261128T010203000Z', '20261128T010203001Z', '20261128T010203002Z'].map((time) => `${time}-${NAME}.json`),
    ]);
    expect([undoImport(dataDir, NAME).removed, ids()]).toEqual([false, ['B']]);
    expect([undoImport(dataDir, NAME).removed, ids()]).toEqual([false, ['A']]);
    expect([undoImport(dataDir, NAME).removed, existsSync(target)]).toEqual([true, false]);
    expect(refusalOf(() => undoImport(dataDir, NAME))).toMatch(
      /^there is no import "places-places" to be undone\. Nothing was imported yet/,
    );
  });

  test('of another name is not touched by an undoing, and the names that there are are told', async () => {
    const { dataDir, plan, ids } = hall();
    applyImport(await plan('A,一'), NOW);
    expect(refusalOf(() => undoImport(dataDir, 'places'))).toMatch(/Write one of: places-places\.$/);
    expect(ids()).toEqual(['A']);
  });

  test('of no row at all is refused, and what was there stays', async () => {
    const { plan, ids } = hall();
    applyImport(await plan('A,一'), NOW);
    const none = await plan('一,一');
    expect(none.gone).toEqual(['A']);
    expect(refusalOf(() => applyImport(none, NOW))).toMatch(/^not one row can come in/);
    expect(ids()).toEqual(['A']);
  });

  test('whose target changed since it was planned is refused', async () => {
    const { plan, ids } = hall();
    const [first, second] = [await plan('A,一'), await plan('B,二')];
    applyImport(first, NOW);
    expect(refusalOf(() => applyImport(second, NOW))).toMatch(
      /has changed since the import was planned\. Import again\.$/,
    );
    expect(ids()).toEqual(['A']);
  });

  test('that cannot be written leaves the former file as it was, and an undoing does not take the copy for an import', async () => {
    const { dataDir, plan, target, ids } = hall();
    applyImport(await plan('A,一'), NOW);
    applyImport(await plan('B,二'), NOW + 1);
    const next = await plan('C,三');
    mkdirSync(join(`${target}.fresh`, 'in-the-way'), { recursive: true });
    expect(refusalOf(() => applyImport(next, NOW + 2))).toMatch(/places-places\.json cannot be written \(/);
    expect(ids()).toEqual(['B']);
    rmSync(`${target}.fresh`, { recursive: true });
    expect([undoImport(dataDir, NAME).removed, ids()]).toEqual([false, ['A']]);
  });

  test('keeps the last twenty that it replaced', async () => {
    const { plan, formers } = hall();
    for (let i = 0; i < 23; i++) applyImport(await plan(`A${i},一`), NOW + i);
    expect(readdirSync(formers)).toHaveLength(20);
    expect(readdirSync(formers)[0]).toBe(`20261128T010203003Z-${NAME}.json`);
  });
});

import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../native/sqlite/database.ts';
import { bigLedger } from '../bench/scale/generate.ts';
import { startHall } from '../support/hallProcess.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

/** What a damaged disk, another version or somebody's clearing up leave of views.db. */
const WRECKS: Readonly<Record<string, (file: string) => void>> = {
  gone: (file) => rmSync(file),
  empty: (file) => writeFileSync(file, ''),
  'no database': (file) => writeFileSync(file, 'x'.repeat(20_000)),
  'cut short': (file) => truncateSync(file, 5000),
  'of another version': (file) => {
    const db = openDatabase(file);
    db.prepare("UPDATE about SET value = 'another' WHERE key = 'stamp'").run();
    db.close();
  },
  'with a state that is another': (file) => {
    const db = openDatabase(file);
    db.prepare(`UPDATE states SET state = replace(state, '"situation"', '"video"')`).run();
    db.close();
  },
  'of a ledger that went on': (file) => {
    const db = openDatabase(file);
    db.prepare(`UPDATE about SET value = '{"A":{"seq":99,"hash":"x"}}' WHERE key = 'position'`).run();
    db.close();
  },
};

test.each(Object.keys(WRECKS))(
  'V7 a hall whose views.db is %s starts, shows what it showed, and has it made anew',
  async (wreck) => {
    const dataDir = scratch.folder();
    const start = async () => {
      const hall = await openHall({ dataDir, station: 'A', profile: 'empty' });
      const window = await openWindow(hall, 'commander');
      return { hall, window };
    };
    const first = await start();
    await first.window.call('wall.show', { screen: 'north', scene: 'situation', selection: null, cameras: [] });
    const { digest } = await first.window.call('ledger.digest', {});
    await first.hall.close();
    WRECKS[wreck]?.(join(dataDir, 'views.db'));
    const again = await start();
    expect(await again.window.call('ledger.digest', {})).toMatchObject({ digest });
    await again.hall.close();
    expect(readFileSync(join(dataDir, 'views.db')).subarray(0, 15).toString()).toBe('SQLite format 3');
  },
);

test('a start that makes views.db says how far it is, line by line, and then is ready', async () => {
  const dataDir = scratch.folder();
  cpSync(bigLedger(3000), dataDir, { recursive: true });
  const hall = scratch.keep(await startHall({ dataDir, profile: 'empty', args: ['--station', 'A'] }), (it) =>
    it.stop(),
  );
  const said = hall.lines.flatMap((line) => /^hall starting: .* (\d+) %$/.exec(line)?.[1] ?? []).map(Number);
  expect(said.length).toBeGreaterThan(3);
  expect(said).toEqual([...new Set(said)].sort((a, b) => a - b));
  expect(said.at(-1)).toBeLessThanOrEqual(100);
  expect(((await (await fetch(`${hall.url}/healthz`)).json()) as { status: string }).status).toBe('ok');
});

test('a first start, which has nothing to make, says nothing of it', async () => {
  const args = ['--station', 'A'];
  const hall = scratch.keep(await startHall({ dataDir: scratch.folder(), profile: 'empty', args }), (it) => it.stop());
  const said = hall.lines.filter((line) => line.startsWith('hall starting: '));
  expect(said).toEqual([]);
});

import { closeSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { showScene } from '../../core/walls/wall.ts';
import { systemClock } from '../../main/clock.ts';
import { openLedger } from '../../main/ledger/openLedger.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const EVENTS = 400;
const show = (screen: string) => ({ screen, scene: 'situation' as const, selection: null, cameras: [] });

/** A data folder that a hall wrote {@link EVENTS} events to, and closed. */
async function writtenFolder(): Promise<string> {
  const dataDir = scratch.folder();
  const ledger = openLedger({ dir: dataDir, station: 'A', clock: systemClock(), log: pino({ level: 'silent' }) });
  for (let i = 0; i < EVENTS; i++) {
    const { screen, ...scene } = show(`screen-${i % 4}`);
    await ledger.transact(() => showScene(screen, scene, 'duty'));
  }
  await ledger.close();
  return dataDir;
}

/** Overwrites bytes in the middle of the file. */
function scribble(file: string, from: number, length: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(length, 0x5a), 0, length, from);
  closeSync(handle);
}

function alter(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

const DAMAGES: [name: string, damage: (file: string) => void, says: RegExp, kept: (n: number) => boolean][] = [
  [
    'a row changed behind its back',
    (file) => alter(file, `UPDATE events SET body = replace(body, 'situation', 'alarms') WHERE seq = 251`),
    /ledger\.db, chain A: event 251 was changed after it was written/,
    (n) => n === 250,
  ],
  [
    'a row deleted',
    (file) => alter(file, 'DELETE FROM events WHERE seq = 100'),
    /ledger\.db, chain A: event 100 is missing/,
    (n) => n === 99,
  ],
  [
    'its last events deleted',
    (file) => alter(file, `DELETE FROM events WHERE seq > ${EVENTS - 10}`),
    /chain A: it ends at event 390, and held 400/,
    (n) => n === EVENTS - 10,
  ],
  [
    'a file cut in half',
    (file) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096),
    /ledger\.db/,
    (n) => n > 0 && n < EVENTS,
  ],
  [
    'a torn page',
    (file) => scribble(file, Math.floor(statSync(file).size / 4096 / 2) * 4096 + 100, 3000),
    /ledger\.db/,
    (n) => n < EVENTS,
  ],
  ['no database any more', (file) => scribble(file, 0, 4096), /ledger\.db is not a SQLite database/, (n) => n === 0],
];

test.each(DAMAGES)('%s: named, set aside whole, and the hall goes on', async (_name, damage, says, kept) => {
  const dataDir = await writtenFolder();
  const file = join(dataDir, 'ledger.db');
  damage(file);
  const damaged = readFileSync(file);
  const before = readdirSync(dataDir);

  const hall = scratch.keep(await openHall({ dataDir }), (open) => open.close());
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const health = await (await fetch(`${hall.url}/healthz`)).json();
  expect(health).toMatchObject({ status: 'recovery', ledger: { recovery: true } });
  expect(kept(health.ledger.events)).toBe(true);
  const { notices, ledger } = await window.seeStation((view) => view.notices.length > 0);
  expect(ledger.recovery).toBe(true);
  expect(notices.map((notice) => notice.severity)).toEqual(['error']);
  expect(notices[0]?.text.en).toMatch(says);
  expect(notices[0]?.text.en).toContain(`${health.ledger.events} events`);
  const aside = join(dataDir, 'ledger.db.damaged-1');
  expect(`${notices[0]?.text.en} ${notices[0]?.remedy?.en}`).toContain(aside);

  // Nothing is deleted: the file is there byte for byte, and so is every other.
  expect(readFileSync(aside).equals(damaged)).toBe(true);
  expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(before));

  // It goes on writing, under a chain of its own; a person's look ends the notice, and the next start is an ordinary one.
  await window.call('wall.show', show('after'));
  await window.see('walls', 'after', () => true);
  expect((await window.call('ledger.digest', {})).events).toBe(health.ledger.events + 1);
  await window.call('ledger.acknowledgeRecovery', {});
  await window.seeStation((view) => view.notices.length === 0 && !view.ledger.recovery);
  await hall.close();
  const again = scratch.keep(await openHall({ dataDir }), (open) => open.close());
  expect(await (await fetch(`${again.url}/healthz`)).json()).toMatchObject({
    status: 'ok',
    ledger: { events: health.ledger.events + 1, recovery: false },
  });
});

test('what a damaged ledger lost comes back from the other station, and both agree', async () => {
  const dataDir = scratch.folder('a');
  const other = scratch.folder('b');
  let a = await openHall({ dataDir });
  const address = new URL(a.url);
  const hub = { url: `ws://${address.host}/hub`, token: a.hubToken };
  const b = scratch.keep(await openHall({ dataDir: other, station: 'B', dial: hub }), (open) => open.close());
  const windowA = await openWindow(a, 'duty');
  const windowB = scratch.keep(await openWindow(b, 'deputy'), (open) => open.close());
  for (let i = 0; i < 20; i++) await windowA.call('wall.show', show(`screen-${i}`));
  await windowB.see('walls', 'screen-19', () => true);
  windowA.close();
  await a.close();
  alter(join(dataDir, 'ledger.db'), `UPDATE events SET actor = '{}' WHERE seq = 8`);

  a = scratch.keep(
    await openHall({ dataDir, listen: { host: address.hostname, port: Number(address.port) } }),
    (open) => open.close(),
  );
  const again = scratch.keep(await openWindow(a, 'duty'), (open) => open.close());
  await again.call('wall.show', show('written-meanwhile'));
  await again.see('walls', 'screen-19', () => true, 20_000);
  await windowB.see('walls', 'written-meanwhile', () => true, 20_000);
  const digests = [await again.call('ledger.digest', {}), await windowB.call('ledger.digest', {})];
  expect(digests[0]).toEqual(digests[1]);
  expect(digests[0]?.events).toBe(21);
  await again.seeStation((view) => view.outbox === 0 && view.link === 'online');
});

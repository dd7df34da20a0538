import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../../../core/ledger/envelope.ts';
import { openLedger } from '../../../main/ledger/openLedger.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { seededRandom } from '../../support/random.ts';
import { createScratch } from '../../support/scratch.ts';

const EVENTS = 400;
/** Few enough that SQLite does not begin its write-ahead log anew: then all of its bytes hold something. */
const LOGGED = 60;
const scratch = createScratch();
const log = pino({ level: 'silent' });
const FILES = ['ledger.db', 'ledger.db-wal', 'ledger.head'];
/** The folder as a kill leaves it: some events in the file, the newest in its write-ahead log only. */
let killed: string;
let written: LedgerEvent[];

beforeAll(async () => {
  const dir = scratch.folder('written');
  killed = scratch.folder('killed');
  const write = async (ledger: ReturnType<typeof openLedger>, from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const body = { n, text: '值班记录' };
      await ledger.transact(() => [{ type: 'noted', subject: `note:${n % 9}`, actor: 'duty', body }]);
    }
  };
  const first = openLedger({ dir, station: 'a', clock: createFakeClock(), log });
  await write(first, 0, EVENTS - LOGGED);
  await first.close();
  const ledger = openLedger({ dir, station: 'a', clock: createFakeClock(), log });
  await write(ledger, EVENTS - LOGGED, EVENTS);
  for (const name of FILES) copyFileSync(join(dir, name), join(killed, name));
  written = [...ledger.range('ops/a', 1, EVENTS)];
  await ledger.close();
});
afterAll(() => scratch.clear());

/** Opens a copy of the folder that something happened to. Answers how many events it holds and whether anybody is told. */
async function openDamaged(damage: (dir: string) => void): Promise<{ held: number; told: boolean }> {
  const dir = join(killed, 'copy');
  mkdirSync(dir);
  for (const name of FILES) copyFileSync(join(killed, name), join(dir, name));
  damage(dir);
  const ledger = openLedger({ dir, station: 'a', clock: createFakeClock(), log });
  try {
    const held = ledger.range('ops/a', 1, EVENTS + 1);
    // What is held is what was written, from its beginning on: never a changed event, never one without those before it.
    expect(held).toEqual(written.slice(0, held.length));
    const told = ledger.status().recovery !== null;
    if (told) {
      // The hall goes on, under a chain of its own that contradicts nothing.
      await ledger.transact(() => [{ type: 'noted', subject: 'note:1', actor: 'duty', body: {} }]);
      expect(ledger.chain).toBe('a~2');
    }
    return { held: held.length, told };
  } finally {
    await ledger.close();
    rmSync(dir, { recursive: true });
  }
}

function flip(file: string, at: number, bit: number): void {
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ (1 << bit);
  writeSync(handle, byte, 0, 1, at);
  closeSync(handle);
}

describe('a ledger that lost bits or its end', () => {
  test('untouched it is whole and nobody is told anything', async () => {
    expect(await openDamaged(() => undefined)).toEqual({ held: EVENTS, told: false });
  });

  test.each([
    ['the write-ahead log', 'ledger.db-wal', 300],
    ['the file itself', 'ledger.db', 100],
    ['the mark of the newest event', 'ledger.head', 50],
  ])('a flipped bit in %s is noticed, or took nothing', async (_what, name, rounds) => {
    const random = seededRandom(1126);
    const { size } = statSync(join(killed, name));
    const unnoticed: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const at = Math.floor(random() * size);
      const bit = Math.floor(random() * 8);
      const { held, told } = await openDamaged((dir) => flip(join(dir, name), at, bit));
      if (held < EVENTS && !told) unnoticed.push(`bit ${bit} of byte ${at}: ${held} events`);
    }
    expect(unnoticed).toEqual([]);
  });

  test('a write-ahead log cut anywhere is noticed, or took nothing', async () => {
    const random = seededRandom(1127);
    const { size } = statSync(join(killed, 'ledger.db-wal'));
    const unnoticed: string[] = [];
    let noticed = 0;
    for (let round = 0; round < 300; round++) {
      const to = Math.floor(random() * size);
      const { held, told } = await openDamaged((dir) => truncateSync(join(dir, 'ledger.db-wal'), to));
      if (told) noticed++;
      if (held < EVENTS && !told) unnoticed.push(`cut to ${to} of ${size} bytes: ${held} events`);
    }
    expect(unnoticed).toEqual([]);
    expect(noticed).toBeGreaterThan(250);
  });
});

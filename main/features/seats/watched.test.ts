import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { openWatched } from './watched.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const log = pino({ level: 'silent' });

describe('what seats watch', () => {
  it('is there at the next start, for those that watch something', async () => {
    const clock = createFakeClock();
    const file = join(scratch.folder('seats'), 'seats.json');
    const watched = openWatched(file, clock, log);
    expect(watched.found.size).toBe(0);
    watched.changed(() => [['duty', ['c1']]]);
    watched.changed(() => [
      ['duty', ['c1', 'c2']],
      ['fire', []],
    ]);
    expect(existsSync(file)).toBe(false);
    await clock.advance(1000);
    expect([...openWatched(file, clock, log).found]).toEqual([['duty', ['c1', 'c2']]]);
  });

  it('is written at the end too, and not where nothing has changed', () => {
    const clock = createFakeClock();
    const file = join(scratch.folder('seats'), 'seats.json');
    const watched = openWatched(file, clock, log);
    watched.close();
    expect(existsSync(file)).toBe(false);
    watched.changed(() => [['duty', ['c9']]]);
    watched.close();
    expect(readFileSync(file, 'utf8')).toContain('c9');
    expect(clock.pending).toBe(0);
  });

  it('is nothing where the file makes no sense, whatever is in it', () => {
    const file = join(scratch.folder('seats'), 'seats.json');
    const kept = JSON.stringify({ version: 1, seats: { duty: ['c1'] } });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.nat(kept.length).map((n) => kept.slice(0, n)),
        ),
        (text) => {
          writeFileSync(file, text);
          const { found } = openWatched(file, createFakeClock(), log);
          for (const cameras of found.values()) expect(Array.isArray(cameras)).toBe(true);
        },
      ),
      { seed: 11, numRuns: 200 },
    );
    writeFileSync(file, 'x'.repeat(2 * 1024 * 1024));
    expect(openWatched(file, createFakeClock(), log).found.size).toBe(0);
  });
});

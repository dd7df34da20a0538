import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { openKnownPeers } from './knownPeers.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const log = pino({ level: 'silent' });

describe('known peers', () => {
  it('are there after a restart, with what they have acknowledged', async () => {
    const clock = createFakeClock();
    const file = join(scratch.folder('peers'), 'sync', 'peers.json');
    const peers = openKnownPeers(file, clock, log);
    peers.set('b', { acknowledged: { a: 3 }, since: 1 });
    peers.set('c', { acknowledged: {}, since: 2 });
    expect(existsSync(file)).toBe(false);
    await clock.advance(1000);
    expect(openKnownPeers(file, clock, log).get('b')).toEqual({ acknowledged: { a: 3 }, since: 1 });
    peers.forget('c');
    peers.close();
    expect([...openKnownPeers(file, clock, log).entries()].map(([station]) => station)).toEqual(['b']);
  });

  it('a list that cannot be read is set aside, and starts empty', () => {
    const file = join(scratch.folder('peers'), 'peers.json');
    writeFileSync(file, '{"version":1,"peers":{"b":7}}');
    expect([...openKnownPeers(file, createFakeClock(), log).entries()]).toEqual([]);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toContain('"b":7');
  });
});

import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { EVERY } from '../../core/ledger/stream.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { MOST_PEERS, openKnownPeers } from './knownPeers.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const log = pino({ level: 'silent' });

describe('known peers', () => {
  it('are there after a restart, with what they have acknowledged', async () => {
    const clock = createFakeClock();
    const file = join(scratch.folder('peers'), 'sync', 'peers.json');
    const peers = openKnownPeers(file, clock, log);
    peers.set('b', { acknowledged: { 'ops/a': 3 }, takes: ['ops'], since: 1 });
    peers.set('c', { acknowledged: {}, takes: EVERY, since: 2 });
    expect(existsSync(file)).toBe(false);
    await clock.advance(1000);
    expect(openKnownPeers(file, clock, log).get('b')).toEqual({
      ...{ acknowledged: { 'ops/a': 3 }, takes: ['ops'], since: 1 },
    });
    peers.forget('c');
    peers.close();
    expect([...openKnownPeers(file, clock, log).entries()].map(([station]) => station)).toEqual(['b']);
  });

  it('are bounded: those that hold all of ours go first, then the one away the longest; nobody that is here', () => {
    const file = join(scratch.folder('peers'), 'peers.json');
    const peers = openKnownPeers(
      file,
      createFakeClock(),
      log,
      () => ({ 'ops/a': 5 }),
      (station) => station === 'here',
    );
    peers.set('here', { acknowledged: { 'ops/a': 5 }, takes: EVERY, since: 0 });
    peers.set('waits', { acknowledged: { 'ops/a': 3 }, takes: EVERY, since: 1 });
    for (let i = 0; i < 1000; i++)
      peers.set(`made-${i}`, { acknowledged: { 'ops/a': 5 }, takes: EVERY, since: 10 + i });
    const names = [...peers.entries()].map(([station]) => station);
    expect(names).toHaveLength(MOST_PEERS);
    expect(names).toContain('here');
    expect(names).toContain('waits');
    expect(names).toContain('made-999');
    for (let i = 0; i < 1000; i++)
      peers.set(`lacks-${i}`, { acknowledged: { 'ops/a': 0 }, takes: EVERY, since: 2000 + i });
    expect([...peers.entries()]).toHaveLength(MOST_PEERS);
    expect(peers.get('here')).toBeDefined();
    peers.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([...openKnownPeers(file, createFakeClock(), log).entries()]).toHaveLength(MOST_PEERS);
  });

  it.each<[string, (file: string) => void]>([
    ['a folder', (file) => mkdirSync(join(file, 'in it'), { recursive: true })],
    [
      'a folder, and another where it would be set aside',
      (file) => [file, `${file}.damaged`].forEach((each) => void mkdirSync(join(each, 'x'), { recursive: true })),
    ],
    ['huge', (file) => writeFileSync(file, ' '.repeat(5 * 1024 * 1024))],
    ['a link to nothing that ends', (file) => symlinkSync('/dev/zero', file)],
    ['a link to itself', (file) => symlinkSync(file, file)],
    ['garbage', (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0]))],
    [
      'one with names that nobody has',
      (file) =>
        writeFileSync(
          file,
          '{"version":1,"peers":{"__proto__":{"acknowledged":{},"since":1},"b c":{"acknowledged":{"__proto__":1},"since":1}}}',
        ),
    ],
  ])('start empty, and can be written, where the list is %s', (_, make) => {
    const file = join(scratch.folder('peers'), 'peers.json');
    make(file);
    const peers = openKnownPeers(file, createFakeClock(), log);
    expect([...peers.entries()]).toEqual([]);
    peers.set('b', { acknowledged: {}, takes: EVERY, since: 1 });
    expect(() => peers.close()).not.toThrow();
  });

  it('a list that cannot be read is set aside, and starts empty', () => {
    const file = join(scratch.folder('peers'), 'peers.json');
    writeFileSync(file, '{"version":1,"peers":{"b":7}}');
    expect([...openKnownPeers(file, createFakeClock(), log).entries()]).toEqual([]);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toContain('"b":7');
  });
});

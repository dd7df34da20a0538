import { type SpawnOptions, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { type ChainHead, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { WrongStation } from '../../main/ledger/errors.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { type LedgerOptions, openLedger } from '../../main/ledger/openLedger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { verifyDaily } from '../../main/ledger/verifyDaily.ts';
import { openDatabase } from '../../native/sqlite/database.ts';
import { FolderInUse } from '../../native/sqlite/folderLock.ts';
import { NewerFile } from '../../native/sqlite/migrate.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { give, testSigner } from '../fakes/ledgerStore.ts';
import { type Child, startChild } from '../support/child.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const log = pino({ level: 'silent' });

function open(dir: string, station = 'a', more: Partial<LedgerOptions> = {}): Ledger {
  const ledger = openLedger({ dir, station, clock: createFakeClock(), log, signer: testSigner(station), ...more });
  return scratch.keep(ledger, () => ledger.close());
}

async function write(ledger: Ledger, count: number, from = 0): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      ledger.transact(() => [
        { type: 'noted', subject: `note:${i % 9}`, actor: 'duty', body: { n: from + i, text: '值班记录' } },
      ]),
    ),
  );
}

/** A closed ledger of station a with `own` events of its own and `others` of station b's. */
async function written(own: number, others = 0): Promise<string> {
  const dir = scratch.folder('ledger');
  const ledger = open(dir);
  await write(ledger, own);
  if (others > 0) {
    const b = open(scratch.folder('ledger'), 'b');
    await write(b, others);
    for (let from = 1; from <= others; from += 500) await give(ledger, b.range('ops/b', from, 500), 'b');
    await b.close();
  }
  await ledger.close();
  return dir;
}

/** Changes a closed ledger file with SQL. */
function tamper(dir: string, sql: string): void {
  const db = openDatabase(join(dir, 'ledger.db'));
  db.exec(sql);
  db.close();
}

const asideIn = (dir: string): string[] => readdirSync(dir).filter((name) => /^ledger\.db\.damaged-\d+$/.test(name));
const fingerprint = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('ledger on disk', () => {
  it('L11: what was acknowledged is there after closing and opening', async () => {
    const dir = await written(50, 30);
    const ledger = open(dir);
    expect(ledger.have()).toEqual({ 'ops/a': 50, 'ops/b': 30 });
    expect(ledger.count).toBe(80);
    expect(ledger.status()).toMatchObject({ chain: 'a', recovery: null, forks: [] });
    await write(ledger, 1);
    expect(ledger.have()).toEqual({ 'ops/a': 51, 'ops/b': 30 });
    expect([...ledger.all()]).toHaveLength(81);
  });

  it('L13: a second hall on the folder is refused, with the folder and the remedy', async () => {
    const dir = scratch.folder('ledger');
    const ledger = open(dir);
    expect(() => open(dir)).toThrow(FolderInUse);
    expect(() => open(dir)).toThrow(
      `data folder ${dir}. Close that hall, or start this one on another folder with --data.`,
    );
    await write(ledger, 3);
    await ledger.close();
    expect(open(dir).count).toBe(3);
  });

  it("refuses another station's folder, and a station's name that cannot be one", async () => {
    const dir = await written(1);
    expect(() => open(dir, 'b')).toThrow(WrongStation);
    expect(() => open(scratch.folder('ledger'), 'a~2')).toThrow(/cannot name a station/);
    expect(open(dir).count).toBe(1);
  });

  it('refuses a file of a later version, and leaves it as it is', async () => {
    const dir = await written(2);
    tamper(dir, 'PRAGMA user_version = 99');
    const before = fingerprint(join(dir, 'ledger.db'));
    expect(() => open(dir)).toThrow(NewerFile);
    expect(fingerprint(join(dir, 'ledger.db'))).toBe(before);
    expect(asideIn(dir)).toEqual([]);
  });

  it('L12: while another program holds the file, callers are told so; afterwards it goes on', async () => {
    const dir = scratch.folder('ledger');
    const ledger = open(dir);
    const other = openDatabase(join(dir, 'ledger.db'));
    other.exec('BEGIN IMMEDIATE');
    await expect(write(ledger, 2)).rejects.toThrow(/Nothing was recorded.*another program holds the file/);
    other.exec('ROLLBACK');
    other.close();
    await write(ledger, 2);
    expect(ledger.have()).toEqual({ 'ops/a': 2 });
  });
});

describe('killed', () => {
  const writer = (dir: string, mode = 'write', options: SpawnOptions = {}): Child => {
    const script = join(import.meta.dirname, '../fixtures/ledgerWriter.ts');
    const child = startChild('writer', process.execPath, [script, dir, 'a', mode], options);
    return scratch.keep(child, () => child.kill());
  };

  it('L11: kill -9 in the middle of appends: everything acknowledged is there, and the chain verifies', async () => {
    const dir = scratch.folder('ledger');
    for (let round = 1; round <= 3; round++) {
      const acknowledged: string[] = [];
      const script = join(import.meta.dirname, '../fixtures/ledgerWriter.ts');
      const child = spawn(process.execPath, [script, dir, 'a'], { stdio: ['ignore', 'pipe', 'inherit'] });
      let printed = '';
      child.stdout.on('data', (data: Buffer) => {
        printed += data.toString();
        if (printed.split('\n').length > 300 * round) child.kill('SIGKILL');
      });
      await new Promise((ended) => child.once('close', ended));
      for (const line of printed.split('\n').slice(0, -1)) if (line.startsWith('ops/a-')) acknowledged.push(line);
      expect(acknowledged.length).toBeGreaterThan(100);

      const ledger = open(dir);
      expect(ledger.status().recovery).toBeNull();
      const held = new Map(ledger.range('ops/a', 1, 1_000_000).map((event) => [event.id, event.hash]));
      for (const line of acknowledged) {
        const [id = '', hash] = line.split(' ');
        expect(held.get(id), line).toBe(hash);
      }
      await ledger.close();
    }
  });

  it('L13: the folder is free as soon as its hall is killed, and taken as long as it lives', async () => {
    const dir = scratch.folder('ledger');
    const first = writer(dir, 'hold');
    await first.line(/^open$/);
    const second = writer(dir, 'hold');
    const [refusal] = await second.line(/^refused: .*/);
    expect(refusal).toContain(dir);
    expect(() => open(dir)).toThrow(FolderInUse);
    await first.kill();
    await until(() => first.exited);
    expect(open(dir).count).toBe(0);
  });
});

describe('a damaged file is named, set aside whole, and what verifies goes on', () => {
  const cases: {
    name: string;
    damage: (dir: string) => void;
    fault: string;
    chain: string | null;
    seq: number | null;
    kept: { a: number; b: number };
  }[] = [
    {
      name: 'a changed row',
      damage: (dir) => tamper(dir, `UPDATE events SET body = '{"n":999,"text":"x"}' WHERE station = 'a' AND seq = 120`),
      fault: 'altered',
      chain: 'ops/a',
      seq: 120,
      kept: { a: 119, b: 200 },
    },
    {
      name: 'a missing row',
      damage: (dir) => tamper(dir, `DELETE FROM events WHERE station = 'b' AND seq = 7`),
      fault: 'gap',
      chain: 'ops/b',
      seq: 7,
      kept: { a: 300, b: 6 },
    },
    {
      name: 'a row that is no event',
      damage: (dir) => tamper(dir, `UPDATE events SET body = 'not json' WHERE station = 'a' AND seq = 2`),
      fault: 'malformed',
      chain: 'ops/a',
      seq: 2,
      kept: { a: 1, b: 200 },
    },
    {
      name: 'an end cut off with SQL',
      damage: (dir) => tamper(dir, `DELETE FROM events WHERE station = 'a' AND seq > 250`),
      fault: 'lost-tail',
      chain: 'ops/a',
      seq: 251,
      kept: { a: 250, b: 200 },
    },
    {
      name: 'a garbage header',
      damage: (dir) => {
        const handle = openSync(join(dir, 'ledger.db'), 'r+');
        writeSync(handle, Buffer.alloc(100, 'x'), 0, 100, 0);
        closeSync(handle);
      },
      fault: 'not-a-database',
      chain: null,
      seq: null,
      kept: { a: 0, b: 0 },
    },
  ];

  it.each(cases)('L14: $name', async ({ damage, fault, chain, seq, kept }) => {
    const dir = await written(300, 200);
    damage(dir);
    const before = fingerprint(join(dir, 'ledger.db'));
    const ledger = open(dir);
    const { recovery } = ledger.status();
    expect(recovery?.faults[0]).toMatchObject({ fault, file: 'ledger.db', chain, seq });
    expect(recovery?.kept).toBe(kept.a + kept.b);
    expect(fingerprint(recovery?.aside ?? '')).toBe(before);
    expect(ledger.have()).toEqual(
      Object.fromEntries(Object.entries(kept).flatMap(([name, seq]) => (seq > 0 ? [[`ops/${name}`, seq]] : []))),
    );
    expect(ledger.chain).toBe('a~2');
    await write(ledger, 5);
    await ledger.close();

    const again = open(dir);
    expect(again.status().recovery).toEqual(recovery);
    expect(again.have()['ops/a~2']).toBe(5);
    expect(asideIn(dir)).toEqual(['ledger.db.damaged-1']);
    again.acknowledgeRecovery();
    await again.close();
    expect(open(dir).status()).toMatchObject({ recovery: null, chain: 'a~2' });
  });

  it('L14: a file cut short: the beginning of each chain that can still be read is kept', async () => {
    const dir = await written(2000, 1000);
    const file = join(dir, 'ledger.db');
    const size = statSync(file).size;
    truncateSync(file, Math.floor(size * 0.6));
    const before = fingerprint(file);
    const ledger = open(dir);
    const { recovery } = ledger.status();
    expect(recovery?.faults[0]).toMatchObject({ fault: 'unreadable' });
    expect(recovery?.faults[0]?.message).toBe(
      `ledger.db was cut short: it has ${Math.floor(size * 0.6)} bytes, and had ${size}`,
    );
    expect(fingerprint(recovery?.aside ?? '')).toBe(before);
    expect(recovery?.kept).toBeGreaterThan(100);
    await write(ledger, 1);
    expect(ledger.have()['ops/a~2']).toBe(1);
  });

  it('L14: a torn page in the middle', async () => {
    const dir = await written(2000);
    const file = join(dir, 'ledger.db');
    const page = 4096;
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(page, 0xa5), 0, page, page * Math.floor(statSync(file).size / page / 2));
    closeSync(handle);
    const ledger = open(dir);
    const { recovery } = ledger.status();
    expect(recovery?.faults.length).toBeGreaterThan(0);
    expect(recovery?.kept).toBeGreaterThan(0);
    expect(existsSync(recovery?.aside ?? '')).toBe(true);
  });

  it('L14: damaged again: a second file is set aside and a third chain begun', async () => {
    const dir = await written(10);
    tamper(dir, 'DELETE FROM events WHERE seq = 5');
    const first = open(dir);
    await write(first, 10);
    await first.close();
    tamper(dir, "UPDATE events SET actor = '{}' WHERE station = 'a~2' AND seq = 3");
    const second = open(dir);
    expect(second.chain).toBe('a~3');
    expect(second.have()).toEqual({ 'ops/a': 4, 'ops/a~2': 2 });
    expect(asideIn(dir)).toEqual(['ledger.db.damaged-1', 'ledger.db.damaged-2']);
  });

  it('L20: a chain that was written anew, hash by hash, by somebody without the key is named; what its station signed is kept', async () => {
    const dir = scratch.folder('ledger');
    const clock = createFakeClock();
    const ledger = open(dir, 'a', { clock });
    // Apart, so that each has a seal of its own.
    for (let n = 0; n < 5; n++) {
      await write(ledger, 1, n);
      clock.advanceSync(20);
    }
    const events = ledger.range('ops/a', 1, 9);
    await ledger.close();
    let head: ChainHead = events[2] as LedgerEvent;
    for (const { type, subject, body, hlc, at } of events.slice(3)) {
      const place = { stream: 'ops', v: 1, station: 'a', head, hlc, at };
      const forged = seal({ type, subject, actor: 'commander', body: { ...body, n: 99 } }, place, sha256);
      const { seq, hash, prev } = forged;
      const [actor, said] = [JSON.stringify(forged.actor), JSON.stringify(forged.body)];
      tamper(
        dir,
        `UPDATE events SET actor = '${actor}', body = '${said}', prev = '${prev}', hash = '${hash}' WHERE seq = ${seq}`,
      );
      tamper(dir, `UPDATE chains SET hash = '${hash}'`);
      head = forged;
    }
    rmSync(join(dir, 'ledger.head'));
    const found = open(dir);
    expect(found.status().recovery?.faults).toMatchObject([{ fault: 'altered', chain: 'ops/a', seq: 4 }]);
    expect(found.have()).toEqual({ 'ops/a': 3 });
    await found.close();
    expect(open(dir).status().recovery?.faults).toHaveLength(1);
  });

  it('L14: peers give back what was lost, without a fork', async () => {
    const dir = await written(40);
    const peer = open(scratch.folder('ledger'), 'b');
    const whole = open(dir);
    await give(peer, whole.range('ops/a', 1, 100), 'a');
    await whole.close();
    tamper(dir, 'DELETE FROM events WHERE seq = 11');
    const ledger = open(dir);
    await write(ledger, 3);
    expect(await give(ledger, peer.range('ops/a', 11, 100), 'b')).toMatchObject({ accepted: 30, refused: [] });
    expect(await give(peer, ledger.range('ops/a~2', 1, 100), 'a')).toMatchObject({ accepted: 3, refused: [] });
    expect(ledger.digest()).toBe(peer.digest());
    expect(ledger.status().forks).toEqual([]);
  });

  it('L15: a ledger put back from an old copy is noticed', async () => {
    const dir = scratch.folder('ledger');
    const ledger = open(dir);
    await write(ledger, 10);
    await ledger.close();
    const old = join(scratch.folder('ledger'), 'copy.db');
    copyFileSync(join(dir, 'ledger.db'), old);
    const later = open(dir);
    await write(later, 10, 10);
    await later.close();
    copyFileSync(old, join(dir, 'ledger.db'));
    const found = open(dir);
    expect(found.status().recovery?.faults).toMatchObject([{ fault: 'lost-tail', chain: 'ops/a', seq: 11 }]);
    expect(found.have()).toEqual({ 'ops/a': 10 });
    expect(found.chain).toBe('a~2');
  });

  it('L15: a ledger that is gone altogether does not begin its chain again', async () => {
    const dir = await written(10);
    rmSync(join(dir, 'ledger.db'));
    const ledger = open(dir);
    expect(ledger.status().recovery).toMatchObject({ aside: null, kept: 0, faults: [{ fault: 'lost-tail' }] });
    expect(ledger.chain).toBe('a~2');
  });

  it('L15: a write-ahead log that was lost after a kill is noticed', async () => {
    const dir = scratch.folder('ledger');
    const ledger = open(dir);
    await write(ledger, 20);
    // As a kill leaves it: the log not folded in.
    const copy = scratch.folder('ledger');
    for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.head']) copyFileSync(join(dir, name), join(copy, name));
    truncateSync(join(copy, 'ledger.db-wal'), Math.floor(statSync(join(copy, 'ledger.db-wal')).size / 2));
    const found = open(copy);
    expect(found.status().recovery?.faults.at(-1)?.fault).toBe('lost-tail');
    expect(found.chain).toBe('a~2');
    expect(existsSync(`${found.status().recovery?.aside}-wal`)).toBe(true);
  });

  it('L14: killed in the middle of a recovery, the next start completes it', async () => {
    const dir = await written(30);
    tamper(dir, 'DELETE FROM events WHERE seq = 20');
    const recovered = open(dir);
    const { recovery } = recovered.status();
    await recovered.close();
    // Back to between the two renames: the damaged file is aside already, the fresh one has not yet its name.
    copyFileSync(join(dir, 'ledger.db'), join(dir, 'ledger.db.fresh'));
    rmSync(join(dir, 'ledger.db'));
    const completed = open(dir);
    expect(completed.status().recovery).toEqual(recovery);
    expect(completed.have()).toEqual({ 'ops/a': 19 });
    await completed.close();
    // A fresh file that was never completed is dropped.
    writeFileSync(join(dir, 'ledger.db.fresh'), 'half');
    expect(open(dir).have()).toEqual({ 'ops/a': 19 });
    expect(existsSync(join(dir, 'ledger.db.fresh'))).toBe(false);
  });
});

describe('from the last checkpoint on', () => {
  const DAY = 24 * 60 * 60_000;
  const counted = (): { hashed: number; sha256: (text: string) => string } => {
    const count = {
      hashed: 0,
      sha256(text: string) {
        count.hashed++;
        return sha256(text);
      },
    };
    return count;
  };

  /** A closed ledger with 10,000 events up to its checkpoint, and some after it. */
  async function long(after = 25): Promise<string> {
    const dir = await written(9_000, 1_000);
    const ledger = open(dir);
    await write(ledger, after);
    await ledger.close();
    return dir;
  }

  it('L14: a start hashes what came after it, and nothing before', async () => {
    const dir = await long();
    const count = counted();
    const ledger = open(dir, 'a', { sha256: count.sha256 });
    expect(count.hashed).toBe(26); // And the heads that the checkpoint signs.
    expect(ledger.count).toBe(10_025);
    expect([...ledger.after({ 'ops/a': 9_020, 'ops/b': 1_000 })].map((event) => event.id)).toEqual([
      'ops/a-9021',
      'ops/a-9022',
      'ops/a-9023',
      'ops/a-9024',
      'ops/a-9025',
    ]);
    await ledger.close();
    const all = counted();
    open(dir, 'a', { sha256: all.sha256, verifyAll: true });
    expect(all.hashed).toBe(10_025);
  });

  it('L14: what was damaged before it is found beside the work, named and shown; the next start recovers', async () => {
    const dir = await long();
    tamper(dir, "UPDATE events SET actor = '{}' WHERE station = 'a' AND seq = 4000");
    const ledger = open(dir);
    expect(ledger.status()).toMatchObject({ recovery: null, verification: { last: null } });
    const told: string[] = [];
    ledger.listen({ changed: () => void told.push('changed') });
    const found = ledger.verify();
    expect(ledger.status().verification.running).toMatchObject({ of: 10_025 });
    expect((await found).faults).toMatchObject([{ fault: 'altered', file: 'ledger.db', chain: 'ops/a', seq: 4000 }]);
    expect(ledger.status().verification).toMatchObject({ running: null, last: { faults: [{ seq: 4000 }] } });
    expect(told).toEqual(['changed']);
    await write(ledger, 1); // Goes on as it is.
    await ledger.close();
    const again = open(dir);
    expect(again.status().recovery?.faults).toMatchObject([{ fault: 'altered', chain: 'ops/a', seq: 4000 }]);
    expect(again.have()).toEqual({ 'ops/a': 3999, 'ops/b': 1000 });
    expect(again.chain).toBe('a~2');
  });

  it('L14: with everything verified at the start it is found at once', async () => {
    const dir = await long();
    tamper(dir, "DELETE FROM events WHERE station = 'b' AND seq = 3");
    expect(open(dir, 'a', { verifyAll: true }).status().recovery?.faults).toMatchObject([
      { fault: 'gap', chain: 'ops/b' },
    ]);
  });

  it.each([
    ['an event after it', "UPDATE events SET actor = '{}' WHERE station = 'a' AND seq = 9010", 'altered', 9010],
    ['the event it names', "UPDATE events SET hash = prev WHERE station = 'a' AND seq = 9000", 'altered', 9000],
    ['the end, with what it names', "DELETE FROM events WHERE station = 'a' AND seq >= 8000", 'lost-tail', 8000],
    ['how far the chain went', "UPDATE chains SET seq = 9020 WHERE station = 'a'", 'altered', 9020],
    ['a chain that nobody began', "DELETE FROM chains WHERE station = 'b'", 'altered', 1],
    ['a chain that it names', "DELETE FROM events WHERE station = 'b'", 'lost-tail', 1],
  ])('L14: %s is found at the start', async (_, sql, fault, seq) => {
    const dir = await long();
    tamper(dir, sql);
    expect(open(dir).status().recovery?.faults[0]).toMatchObject({ fault, seq });
  });

  it.each([
    ['no checkpoint', "UPDATE checkpoints SET heads = '{'"],
    ['not signed by this station', 'UPDATE checkpoints SET at = at + 1'],
  ])('L14: a checkpoint that is %s is passed over: then everything is verified', async (_, sql) => {
    const dir = await long();
    tamper(dir, sql);
    const count = counted();
    const ledger = open(dir, 'a', { sha256: count.sha256 });
    expect(count.hashed).toBeGreaterThanOrEqual(10_025);
    expect(ledger.status().recovery).toBeNull();
  });

  it('is verified once a day, and says when', async () => {
    const dir = await long();
    const clock = createFakeClock();
    const ledger = open(dir, 'a', { clock });
    const stop = verifyDaily({ ledger, clock, log });
    const verified = async (): Promise<number> => {
      await clock.advance(60_000);
      await until(() => ledger.status().verification.running === null);
      return ledger.status().verification.last?.at ?? 0;
    };
    const first = await verified();
    expect(first).toBeGreaterThan(0);
    expect(await verified()).toBe(first);
    await clock.advance(DAY);
    expect(await verified()).toBeGreaterThanOrEqual(first + DAY);
    stop();
    const { last } = ledger.status().verification;
    expect(last).toMatchObject({ events: 10_025, faults: [] });
    await ledger.close();
    expect(open(dir, 'a', { clock }).status().verification.last).toEqual(last);
  });
});

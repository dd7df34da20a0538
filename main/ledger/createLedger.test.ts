import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { type ChainHead, EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import type { Seal, Signer } from '../../core/ledger/seal.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import {
  createMemoryLedgerStore,
  give,
  type MemoryLedgerStore,
  partsFor,
  sealsUnder,
  testSigner,
} from '../../tests/fakes/ledgerStore.ts';
import { isChainName } from './chainName.ts';
import { createLedger } from './createLedger.ts';
import { LedgerClosed, LedgerWriteError, UnfitEvent } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { sha256 } from './sha256.ts';

const log = pino({ level: 'silent' });

interface Rig {
  ledger: Ledger;
  store: MemoryLedgerStore;
  /** What the listener heard, in order. */
  heard: string[];
  clock: ReturnType<typeof createFakeClock>;
}

function rig(station = 'a', store = createMemoryLedgerStore()): Rig {
  const clock = createFakeClock();
  const heard: string[] = [];
  const ledger = createLedger({
    store,
    station,
    chain: store.note('chain') ?? station,
    clock,
    log,
    sha256,
    recovery: null,
    ...partsFor(station),
    onClosed: () => undefined,
  });
  const ids = (events: readonly LedgerEvent[]): string => events.map((event) => event.id).join(' ');
  ledger.listen({
    fold: (events) => void heard.push(`fold ${ids(events)}`),
    committed: (events, origin) => void heard.push(`${origin} ${ids(events)}`),
    rolledBack: (subjects) => void heard.push(`rolled back ${subjects.join(' ')}`),
    kept: (events) => void heard.push(`kept ${ids(events)}`),
    changed: () => void heard.push('changed'),
  });
  return { ledger, store, heard, clock };
}

const note = (text: string, subject = 'note:1'): EventDraft => ({
  type: 'noted',
  subject,
  actor: 'duty',
  body: { text },
});

async function chainOf(length: number, station = 'b'): Promise<LedgerEvent[]> {
  const { ledger } = rig(station);
  for (let i = 0; i < length; i++) await ledger.transact(() => [note(`${station} ${i}`)]);
  return ledger.range(`ops/${station}`, 1, length);
}

describe('transact', () => {
  it('L11: one transaction for all who wait; each decision sees those before it', async () => {
    const { ledger, store, heard } = rig();
    let appends = 0;
    const appendAll = store.appendAll;
    store.appendAll = (events, chain) => {
      appends++;
      appendAll(events, chain);
    };
    const seen: number[] = [];
    const decide = () => {
      seen.push(ledger.eventsOf('note:1').length);
      return [note('x')];
    };
    const answers = await Promise.all([ledger.transact(decide), ledger.transact(decide), ledger.transact(decide)]);
    expect(appends).toBe(1);
    expect(seen).toEqual([0, 1, 2]);
    expect(answers.map(([event]) => event?.id)).toEqual(['ops/a-1', 'ops/a-2', 'ops/a-3']);
    expect(heard).toEqual(['fold ops/a-1', 'fold ops/a-2', 'fold ops/a-3', 'local ops/a-1 ops/a-2 ops/a-3']);
    expect(ledger.have()).toEqual({ 'ops/a': 3 });
  });

  it('L11: nothing decided, nothing written', async () => {
    const { ledger, heard } = rig();
    expect(await ledger.transact(() => [])).toEqual([]);
    expect(heard).toEqual([]);
    expect(ledger.count).toBe(0);
  });

  it('L11: a decision that throws harms only its own caller', async () => {
    const { ledger } = rig();
    const [first, second, third] = await Promise.allSettled([
      ledger.transact(() => [note('1')]),
      ledger.transact(() => {
        throw new Error('the rules say no');
      }),
      ledger.transact(() => [note('3')]),
    ]);
    expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ledger.have()).toEqual({ 'ops/a': 2 });
  });

  it('L12: a commit that fails rejects the group, changes nothing, and the ledger goes on', async () => {
    const { ledger, store, heard } = rig();
    await ledger.transact(() => [note('before')]);
    const digest = ledger.digest();
    store.failNext('SQLITE_FULL');
    const answers = await Promise.allSettled([
      ledger.transact(() => [note('1', 'note:2')]),
      ledger.transact(() => [note('2')]),
      ledger.transact(() => []),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe('rejected');
      expect((answer as PromiseRejectedResult).reason).toBeInstanceOf(LedgerWriteError);
    }
    expect((answers[0] as PromiseRejectedResult).reason.message).toMatch(/disk is full.*Free space/);
    expect(ledger.digest()).toBe(digest);
    expect(ledger.eventsOf('note:2')).toEqual([]);
    expect(heard.slice(-2)).toEqual(['rolled back note:2 note:1', 'changed']);
    const [after] = await ledger.transact(() => [note('after')]);
    expect(after).toMatchObject({ id: 'ops/a-2' });
  });

  it('L4: what no station would take is refused, whole, and named', async () => {
    const { ledger } = rig();
    const odd: EventDraft = { ...note('x'), subject: 'note:\ud800' };
    await expect(ledger.transact(() => [note('fine'), odd])).rejects.toThrow(UnfitEvent);
    await expect(ledger.transact(() => [{ ...note('x'), body: { text: 'x'.repeat(300_000) } }])).rejects.toThrow(
      /larger than/,
    );
    await expect(ledger.transact(() => [{ ...note('x'), body: { n: Number.NaN } }])).rejects.toThrow(UnfitEvent);
    expect(ledger.count).toBe(0);
  });

  it('L4: bodies are folded in the form in which they are read back', async () => {
    const { ledger } = rig();
    const folded: LedgerEvent[] = [];
    ledger.listen({ fold: (events) => void folded.push(...events) });
    await ledger.transact(() => [{ ...note('x'), body: { zero: -0, gone: undefined, list: [1, { b: undefined }] } }]);
    expect(folded).toEqual(ledger.range('ops/a', 1, 1));
    expect(JSON.stringify(folded)).toBe(JSON.stringify(ledger.range('ops/a', 1, 1)));
    expect(folded[0]?.body).toStrictEqual({ zero: 0, list: [1, {}] });
  });

  it('L11: a listener that throws keeps nobody from being answered', async () => {
    const { ledger, heard } = rig();
    ledger.listen({
      committed() {
        throw new Error('a view broke');
      },
    });
    await ledger.transact(() => [note('x')]);
    expect(heard).toEqual(['fold ops/a-1', 'local ops/a-1']);
  });

  it('L5: the hybrid time goes on though the wall clock goes back, also after a restart', async () => {
    const { ledger, store, clock } = rig();
    const [first] = await ledger.transact(() => [note('1')]);
    clock.skew(-3_600_000);
    const [second] = await ledger.transact(() => [note('2')]);
    const again = rig('a', store);
    again.clock.skew(-7_200_000);
    const [third] = await again.ledger.transact(() => [note('3')]);
    const times = [first, second, third].map((event) => event?.hlc ?? '');
    expect([...times].sort()).toEqual(times);
    expect(new Set(times).size).toBe(3);
  });

  it('L11: close writes what waits; afterwards it says that it is closed', async () => {
    const { ledger } = rig();
    const waiting = ledger.transact(() => [note('x')]);
    await ledger.close();
    await expect(waiting).resolves.toHaveLength(1);
    await expect(ledger.transact(() => [note('y')])).rejects.toThrow(LedgerClosed);
    await ledger.close();
  });
});

describe('a disk that refuses', () => {
  const own = (text: string, subject = 'note:9') => [() => [note(text, subject)], { keep: true }] as const;

  it('L12a: what the hall itself finds takes effect in memory, is held durable by nobody, and is written first of all', async () => {
    const { ledger, store, heard, clock } = rig();
    await ledger.transact(() => [note('before')]);
    const digest = ledger.digest();
    store.refuse('SQLITE_FULL');
    const [one] = await ledger.transact(...own('one'));
    const [two] = await ledger.transact(...own('two'));
    expect([one?.id, two?.id]).toEqual(['ops/a-2', 'ops/a-3']);
    expect(heard.slice(1)).toEqual([
      'local ops/a-1',
      'fold ops/a-2',
      'rolled back note:9',
      'changed',
      ...['fold ops/a-2', 'kept ops/a-2', 'fold ops/a-3', 'kept ops/a-3'],
    ]);
    expect(ledger.eventsOf('note:9')).toEqual([one, two]);
    expect(ledger.isUnwritten('note:9')).toBe(true);
    expect(ledger.status().notRecording).toMatchObject({ unwritten: 2, since: clock.now(), trouble: { kind: 'full' } });
    expect([ledger.have(), ledger.count, ledger.digest()]).toEqual([{ 'ops/a': 1 }, 1, digest]);
    store.refuse(null);
    heard.length = 0;
    ledger.tryDisk();
    expect(heard).toEqual(['local ops/a-2 ops/a-3', 'changed']);
    expect(ledger.status().notRecording).toBeNull();
    expect(ledger.isUnwritten('note:9')).toBe(false);
    const [three] = await ledger.transact(() => [note('three')]);
    expect(ledger.range('ops/a', 2, 9)).toEqual([one, two, three]);
  });

  it('L12: what a person decides is refused, whoever waits beside it, and the next one is tried again', async () => {
    const { ledger, store, clock } = rig();
    store.refuse('EROFS');
    const [person, hall] = await Promise.allSettled([
      ledger.transact(() => [note('by a person', 'note:9')]),
      ledger.transact(...own('by the hall')),
    ]);
    expect(person.status).toBe('rejected');
    expect((person as PromiseRejectedResult).reason.text.zh).toMatch(/^未记录，未生效：.*只读.*重新操作。$/);
    expect(hall.status).toBe('fulfilled');
    expect(ledger.eventsOf('note:9').map((event) => event.body)).toEqual([{ text: 'by the hall' }]);
    await expect(ledger.transact(() => [note('again')])).rejects.toThrow(/read-only.*Then do it again/);
    await expect(give(ledger, await chainOf(1), 'b')).rejects.toThrow(LedgerWriteError);
    store.refuse(null);
    await clock.advance(500);
    const [after] = await ledger.transact(() => [note('after')]);
    expect(after?.id).toBe('ops/a-2');
    expect(ledger.status().notRecording).toBeNull();
    expect(await give(ledger, await chainOf(1), 'b')).toMatchObject({ accepted: 1 });
  });

  it('L12a: a rule that stands against it in memory is said to who asked, and the hall goes on', async () => {
    const { ledger, store } = rig();
    store.refuse('SQLITE_IOERR_WRITE');
    const no = () => {
      throw new RangeError('no');
    };
    await ledger.transact(...own('one'));
    await expect(ledger.transact(no, { keep: true })).rejects.toThrow(RangeError);
    expect(await ledger.transact(() => [], { keep: true })).toEqual([]);
    expect(ledger.status().notRecording?.unwritten).toBe(1);
  });

  it('L12a: tries without being asked to write anything, and says so once', async () => {
    const { ledger, store, heard } = rig();
    ledger.tryDisk();
    expect(heard).toEqual([]);
    store.refuse('EIO');
    ledger.tryDisk();
    ledger.tryDisk();
    expect(heard).toEqual(['changed']);
    expect(ledger.status().notRecording).toMatchObject({ unwritten: 0, trouble: { kind: 'io' } });
    store.refuse(null);
    ledger.tryDisk();
    expect(heard).toEqual(['changed', 'changed']);
  });

  it('L12a: what a crash takes from memory, nobody ever held', async () => {
    const { ledger, store } = rig();
    store.refuse('SQLITE_FULL');
    await ledger.transact(...own('lost'));
    store.refuse(null);
    const { ledger: again } = rig('a', store);
    expect(again.eventsOf('note:9')).toEqual([]);
    const [event] = await again.transact(() => [note('anew')]);
    expect(event?.id).toBe('ops/a-1');
  });

  it('L12: a recovery that cannot be acknowledged on the disk stays', async () => {
    const lost = await chainOf(2, 'a');
    const { ledger, store } = rig();
    await give(ledger, lost, 'b');
    store.refuse('SQLITE_READONLY');
    expect(() => ledger.acknowledgeRecovery()).toThrow(LedgerWriteError);
    expect(ledger.status().recovery).not.toBeNull();
  });

  it('L15: a mark that cannot be written is said, and harms no decision', async () => {
    const store = createMemoryLedgerStore();
    let code: string | null = 'ENOSPC';
    const ledger = createLedger({
      ...{ store, station: 'a', chain: 'a', clock: createFakeClock(), log, sha256, recovery: null, ...partsFor('a') },
      onHead() {
        if (code !== null) throw Object.assign(new Error('no'), { code });
      },
      onClosed: () => undefined,
    });
    await ledger.transact(() => [note('x')]);
    expect(ledger.status()).toMatchObject({ markTrouble: { kind: 'full' }, notRecording: null });
    code = null;
    await ledger.transact(() => [note('y')]);
    expect(ledger.status().markTrouble).toBeNull();
  });
});

describe('ingest', () => {
  it('L16: an event of which the id is no text is refused and answered, however odd it is', async () => {
    const { ledger } = rig();
    const odd = JSON.parse('[{"id":{"toString":1}},{"id":{"toString":null}},{"id":[]},{"id":null},[],null,7]');
    const answer = await give(ledger, odd, 'b');
    expect(answer.refused.map(({ id }) => id)).toEqual(new Array(7).fill(''));
  });

  it('L16: takes a chain once, in any portions, and says how far it is held', async () => {
    const { ledger, heard } = rig();
    const events = await chainOf(4);
    expect(await give(ledger, events.slice(0, 2), 'b')).toEqual({
      accepted: 2,
      repeated: 0,
      refused: [],
      have: { 'ops/b': 2 },
    });
    expect(await give(ledger, [...events, ...events], 'b')).toMatchObject({ accepted: 2, repeated: 6, refused: [] });
    expect(heard).toEqual([
      'fold ops/b-1 ops/b-2',
      'peer ops/b-1 ops/b-2',
      'fold ops/b-3 ops/b-4',
      'peer ops/b-3 ops/b-4',
    ]);
    expect(ledger.eventsOf('note:1')).toEqual(events);
  });

  it('L3: refuses what does not continue the chain, and says why', async () => {
    const { ledger } = rig();
    const [one, two, three] = (await chainOf(3)) as [LedgerEvent, LedgerEvent, LedgerEvent];
    const refused = async (event: unknown): Promise<string | undefined> =>
      (await give(ledger, [event], 'b')).refused[0]?.reason;
    expect(await refused(two)).toBe('gap');
    await give(ledger, [one], 'b');
    expect(await refused(three)).toBe('gap');
    expect(await refused({ ...two, body: { text: 'changed' } })).toBe('altered');
    expect(await refused({ ...two, id: 'ops/b-9' })).toBe('misnamed');
    expect(await refused({ ...two, prev: 'f'.repeat(64) })).toBe('broken-link');
    expect(await refused({ ...one, body: {}, hash: 'f'.repeat(64) })).toBe('altered');
    expect(await refused({ ...two, hlc: 'soon' })).toBe('malformed');
    expect(await refused('an event')).toBe('malformed');
    expect(await refused({ ...two, body: { text: 'x'.repeat(300_000) } })).toBe('too-large');
    expect(ledger.have()).toEqual({ 'ops/b': 1 });
  });

  it('L17: another version of what is held is refused, named, and noticed', async () => {
    const { ledger, heard } = rig();
    const [one, two] = (await chainOf(2)) as [LedgerEvent, LedgerEvent];
    await give(ledger, [one, two], 'b');
    const place = { ...OPS_1, station: 'b', head: { seq: 1, hash: one.hash }, hlc: two.hlc, at: two.at };
    const other = seal(note('another'), place, sha256);
    const next = seal(note('next'), { ...place, head: other }, sha256);
    expect((await give(ledger, [other], 'c')).refused).toMatchObject([{ id: 'ops/b-2', reason: 'fork' }]);
    expect((await give(ledger, [next], 'c')).refused).toMatchObject([{ id: 'ops/b-3', reason: 'fork' }]);
    expect(ledger.status().forks).toEqual([{ chain: 'ops/b', seq: 2, from: 'c' }]);
    expect(heard.at(-1)).toBe('changed');
    expect(ledger.range('ops/b', 2, 1)).toEqual([two]);
  });

  it('L17: somebody else writing to our chain is refused and noticed', async () => {
    const { ledger } = rig();
    await ledger.transact(() => [note('ours')]);
    const [forged] = await chainOf(1, 'a');
    expect((await give(ledger, [forged], 'b')).refused).toMatchObject([{ id: 'ops/a-1', reason: 'fork' }]);
    expect(ledger.status().forks).toEqual([{ chain: 'ops/a', seq: 1, from: 'b' }]);
  });

  it('L15: own events that only a peer still has are taken back, and writing goes on under a new chain', async () => {
    const lost = await chainOf(3, 'a');
    const { ledger, store } = rig();
    await give(ledger, lost.slice(0, 1), 'b');
    await give(ledger, lost, 'b');
    expect(ledger.chain).toBe('a~2');
    expect(ledger.ownChains()).toEqual(['a', 'a~2']);
    expect(ledger.status().recovery).toMatchObject({ aside: null, chain: 'a~2', faults: [{ fault: 'lost-tail' }] });
    expect(ledger.status().recovery?.givenBy).toBe('b');
    const [event] = await ledger.transact(() => [note('on')]);
    expect(event?.id).toBe('ops/a~2-1');
    expect(rig('a', store).ledger.chain).toBe('a~2');
    ledger.acknowledgeRecovery();
    expect(ledger.status().recovery).toBeNull();
    expect(store.note('recovery')).toBeUndefined();
  });

  /** An event as somebody forges it: sealed rightly, wherever it is to go. */
  const forged = (
    station: string,
    head: ChainHead = EMPTY_CHAIN,
    hlc = formatHlc(Date.UTC(2025, 6, 1), 0),
  ): LedgerEvent => seal(note('forged'), { ...OPS_1, station, head, hlc, at: 0 }, sha256);

  it('L22: what was not written here does not continue the chain that is written here, and changes nothing', async () => {
    const { ledger, store } = rig();
    const [ours] = (await ledger.transact(() => [note('ours')])) as [LedgerEvent];
    for (const event of [forged('a', ours), forged('a~2'), forged('a~9999'), forged('a~9999999')]) {
      const { refused } = await give(ledger, [event], 'b');
      expect(refused[0]?.reason).toMatch(/^(foreign|misnamed)$/);
    }
    expect(ledger.status()).toMatchObject({ chain: 'a', recovery: null, events: 1 });
    const [next] = (await rig('a', store).ledger.transact(() => [note('goes on')])) as [LedgerEvent];
    expect(next.id).toBe('ops/a-2');
  });

  it('L22: not even before the first decision can a forged event of our own take away the times or the names that are left', async () => {
    const { ledger, store } = rig();
    await ledger.transact(() => [note('ours')]);
    const { ledger: again } = rig('a', store);
    const [ours] = again.range('ops/a', 1, 1);
    const end = forged('a', ours, 'fffffffffff-ffff');
    expect(
      (await give(again, [end, forged('a~9999999'), forged('a~9999')], 'b')).refused.map(({ reason }) => reason),
    ).toEqual(['foreign', 'misnamed']);
    for (let restart = 0; restart < 3; restart++) {
      const { ledger: later } = rig('a', store);
      const [event] = (await later.transact(() => [note('on')])) as [LedgerEvent];
      expect(isChainName(event.station)).toBe(true);
    }
  });

  it('L22: a hall that has decided nothing yet is not driven on for ever, and one on a new folder gets all its chains back', async () => {
    const { ledger } = rig();
    for (let n = 2; n < 100; n++) await give(ledger, [forged(`a~${n}`)], 'b');
    expect(ledger.ownChains().length).toBeLessThanOrEqual(9);
    const { ledger: fresh } = rig();
    const lost = ['a', 'a~2', 'a~3'].map((name) => forged(name));
    expect(await give(fresh, lost, 'b')).toMatchObject({ accepted: 3, refused: [] });
    expect(fresh.chain).toBe('a~4');
  });

  it('L27: a chain that no station can have is refused; one called like a member of every object is like any other', async () => {
    const { ledger, store } = rig();
    for (const name of ['__proto__', '__proto__~2', 'b~1', 'ｂ', 'b c', 'b~10000']) {
      expect((await give(ledger, [forged(name)], 'c')).refused, name).toMatchObject([{ reason: 'misnamed' }]);
    }
    const odd = ['constructor', 'toString', 'hasOwnProperty'];
    await give(
      ledger,
      odd.map((name) => forged(name)),
      'c',
    );
    expect(ledger.have().valueOf).toBeUndefined();
    const { ledger: again } = rig('a', store);
    expect(again.have()).toEqual({ 'ops/constructor': 1, 'ops/toString': 1, 'ops/hasOwnProperty': 1 });
    expect(
      await give(
        again,
        odd.map((name) => forged(name)),
        'c',
      ),
    ).toMatchObject({ repeated: 3, refused: [] });
  });

  it('L21: whoever makes up chains is refused at a limit, and shuts out no station that brings its own', async () => {
    const { ledger } = rig();
    const made = Array.from({ length: 1001 }, (_, i) => forged(`made-${i}`));
    const { accepted, refused } = await give(ledger, made, 'b');
    expect(accepted).toBe(450);
    expect(refused[0]).toMatchObject({ id: 'ops/made-450-1', reason: 'too-many' });
    expect(await give(ledger, [forged('honest')], 'honest')).toMatchObject({ accepted: 1, refused: [] });
    await ledger.transact(() => [note('ours')]);
    expect(Object.keys(ledger.have())).toHaveLength(452);
  });

  it('L12: a commit that fails is not acknowledged', async () => {
    const { ledger, store } = rig();
    const events = await chainOf(2);
    store.failNext('SQLITE_IOERR_FSYNC');
    await expect(give(ledger, events, 'b')).rejects.toThrow(/disk reported an error/);
    expect(ledger.have()).toEqual({});
    expect(await give(ledger, events, 'b')).toMatchObject({ accepted: 2 });
  });
});

describe('seals', () => {
  const seals = (events: readonly LedgerEvent[], signer?: Signer) => sealsUnder(events, signer);

  it('L19: a chain is taken up to its last seal; what lies beyond waits like a gap', async () => {
    const { ledger } = rig();
    const events = await chainOf(4);
    const result = await ledger.ingest(events, 'b', seals(events.slice(0, 3)));
    expect(result).toMatchObject({
      accepted: 3,
      refused: [{ id: 'ops/b-4', reason: 'unsealed' }],
      have: { 'ops/b': 3 },
    });
    expect(ledger.eventsOf('note:1')).toHaveLength(3);
    expect(await ledger.ingest(events.slice(3), 'b', seals(events))).toMatchObject({ accepted: 1, refused: [] });
    expect(ledger.status()).toMatchObject({ strangers: [], forks: [] });
  });

  it('L19: a seal that is of another event, chain or text covers nothing, and a forged event before a genuine seal neither', async () => {
    const { ledger } = rig();
    const events = (await chainOf(3)) as [LedgerEvent, LedgerEvent, LedgerEvent];
    const [good] = seals(events) as [Seal];
    const bent: Seal[] = [
      { ...good, seq: 2 },
      { ...good, chain: 'ops/b~2' },
      { ...good, sig: good.sig.replace(/^../, 'AA') },
      { ...good, key: testSigner('c').key },
    ];
    for (const seal of bent) expect((await ledger.ingest(events, 'b', [seal])).accepted).toBe(0);
    const place = { ...OPS_1, station: 'b', head: EMPTY_CHAIN, hlc: events[0].hlc, at: 1 };
    const forged = seal(note('forged'), place, sha256);
    expect((await ledger.ingest([forged, ...events.slice(1)], 'b', [good])).accepted).toBe(0);
    expect(ledger.count).toBe(0);
    expect(await ledger.ingest(events, 'b', [good])).toMatchObject({ accepted: 3 });
  });

  it('L20: a station belongs to the key of its first seal, with all its chains, also after a restart', async () => {
    const { ledger, store, heard } = rig();
    const [one, two] = (await chainOf(2)) as [LedgerEvent, LedgerEvent];
    await give(ledger, [one], 'b');
    const again = rig('a', store).ledger;
    const other = seal(note('x'), { ...OPS_1, station: 'b~2', head: EMPTY_CHAIN, hlc: two.hlc, at: 1 }, sha256);
    for (const each of [ledger, again]) {
      for (const event of [two, other]) {
        const result = await each.ingest([event], 'c', seals([event], testSigner('c')));
        expect(result).toMatchObject({ accepted: 0, refused: [{ reason: 'foreign-key' }] });
      }
      expect(each.status().strangers).toEqual([
        { chain: 'ops/b', from: 'c' },
        { chain: 'ops/b~2', from: 'c' },
      ]);
      expect(each.have()).toEqual({ 'ops/b': 1 });
    }
    expect(heard).toContain('changed');
  });

  it('L20: what is forged under the own name is no recovery, not even before the first decision', async () => {
    const { ledger, store } = rig();
    const events = await chainOf(2, 'a');
    for (const by of [[], seals(events, testSigner('c'))]) {
      const { accepted, refused } = await ledger.ingest(events, 'b', by);
      expect(accepted).toBe(0);
      expect(refused.map(({ reason }) => reason)).toEqual(
        by.length > 0 ? ['foreign-key', 'foreign-key'] : ['unsealed', 'unsealed'],
      );
    }
    expect(ledger.status()).toMatchObject({ chain: 'a', recovery: null, strangers: [{ chain: 'ops/a', from: 'b' }] });
    expect(store.heads().size).toBe(0);
  });

  it('L19: every commit group ends with a seal, and a large one has more', async () => {
    const { ledger, store } = rig();
    await ledger.transact(() => Array.from({ length: 900 }, (_, i) => note(`n ${i}`)));
    expect(store.sealFrom('ops/a', 1)?.seq).toBe(400);
    expect(store.sealWithin('ops/a', 1, 900)?.seq).toBe(900);
    await ledger.transact(() => Array.from({ length: 3 }, () => note('x'.repeat(200_000))));
    expect(store.sealWithin('ops/a', 901, 902)).toBeUndefined();
    await ledger.transact(() => Array.from({ length: 4 }, () => note('x'.repeat(200_000))));
    expect(store.sealFrom('ops/a', 904)?.seq).toBe(906);
  });

  it('L19: own events without a seal are sealed at the next start, by their station alone', async () => {
    const { ledger, store } = rig();
    const bare = { ...store, appendAll: (events: readonly LedgerEvent[]) => store.appendAll(events) };
    await rig('a', bare).ledger.transact(() => [note('killed in between')]);
    await give(ledger, await chainOf(1), 'b');
    expect(store.sealFrom('ops/a', 1)).toBeUndefined();
    rig('b', store);
    expect(store.sealFrom('ops/a', 1)).toBeUndefined();
    rig('a', store);
    expect(store.sealFrom('ops/a', 1)).toMatchObject({ seq: 1, key: testSigner('a').key });
  });

  it('L20: a folder with another key says so, and goes on', async () => {
    const store = createMemoryLedgerStore();
    await rig('a', store).ledger.transact(() => [note('before')]);
    const ledger = createLedger({
      ...{ store, station: 'a', chain: 'a', clock: createFakeClock(), log, sha256, recovery: null },
      ...partsFor('a'),
      signer: testSigner('another'),
      onClosed: () => undefined,
    });
    expect(ledger.status().keyChanged).toBe(true);
    await ledger.transact(() => [note('after')]);
    const peer = rig('b').ledger;
    const all = ledger.range('ops/a', 1, 9);
    const both = [1, 2].flatMap((seq) => ledger.sealFrom('ops/a', seq) ?? []);
    expect(await peer.ingest(all, 'a', both)).toMatchObject({ accepted: 2 });
    const third = rig('c').ledger;
    await third.ingest(all.slice(0, 1), 'a', both);
    expect(await third.ingest(all.slice(1), 'a', both)).toMatchObject({ refused: [{ reason: 'foreign-key' }] });
  });
});

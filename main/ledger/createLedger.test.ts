import { describe, expect, it } from 'vitest';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { chainOf, log, note, rig } from '../../tests/fakes/ledgerRig.ts';
import { createMemoryLedgerStore, give, partsFor } from '../../tests/fakes/ledgerStore.ts';
import { createLedger } from './createLedger.ts';
import { LedgerClosed, LedgerWriteError, UnfitEvent } from './errors.ts';
import { sha256 } from './sha256.ts';

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

import { describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Seal, Signer } from '../../core/ledger/seal.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { chainOf, log, note, rig } from '../../tests/fakes/ledgerRig.ts';
import { createMemoryLedgerStore, give, partsFor, sealsUnder, testSigner } from '../../tests/fakes/ledgerStore.ts';
import { createLedger } from './createLedger.ts';
import { sha256 } from './sha256.ts';

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

  describe('groups that follow closely on each other (L19)', () => {
    const late = () => rig('a', createMemoryLedgerStore(), { sealWithin: 20 });
    const sealedAt = (store: ReturnType<typeof late>['store']): number[] => {
      const found: number[] = [];
      for (let seq = 1; ; seq = (found.at(-1) ?? 0) + 1) {
        const next = store.sealFrom('ops/a', seq);
        if (!next) return found;
        found.push(next.seq);
      }
    };
    const write = async ({ ledger }: ReturnType<typeof late>, times: number, size = 1): Promise<void> => {
      for (let i = 0; i < times; i++) await ledger.transact(() => Array.from({ length: size }, () => note('x')));
    };

    it('the first is sealed with its commit, those soon after it together, and whoever sends them hears of it', async () => {
      const all = late();
      await write(all, 5);
      expect(sealedAt(all.store)).toEqual([1]);
      expect(all.heard).not.toContain('sealed');
      all.clock.advanceSync(19);
      expect(sealedAt(all.store)).toEqual([1]);
      all.clock.advanceSync(1);
      expect(sealedAt(all.store)).toEqual([1, 5]);
      expect(all.heard.filter((each) => each === 'sealed')).toHaveLength(1);
      all.clock.advanceSync(1000);
      await write(all, 1);
      expect(sealedAt(all.store)).toEqual([1, 5, 6]);
    });

    it('a commit that is due for one seals those before it; a large group and a long wait are', async () => {
      const all = late();
      await write(all, 3);
      await write(all, 1, 9);
      expect(sealedAt(all.store)).toEqual([1, 12]);
      await write(all, 60);
      const seqs = sealedAt(all.store);
      expect(Math.max(...seqs.slice(1).map((seq, i) => seq - (seqs[i] ?? 0)))).toBeLessThanOrEqual(41);
      expect(all.heard).not.toContain('sealed');
    });

    it('what waits is sealed before the file is closed, and by the next start after a kill', async () => {
      const all = late();
      await write(all, 4);
      rig('a', all.store);
      expect(sealedAt(all.store)).toEqual([1, 4]);
      const closed = late();
      await write(closed, 4);
      await closed.ledger.close();
      expect(sealedAt(closed.store)).toEqual([1, 4]);
    });

    it('a disk that refuses the seal alone gets it when it is tried', async () => {
      const all = late();
      await write(all, 4);
      all.store.failNext('SQLITE_FULL');
      all.clock.advanceSync(20);
      expect(sealedAt(all.store)).toEqual([1]);
      expect(all.ledger.status().notRecording).toMatchObject({ unwritten: 0 });
      all.ledger.tryDisk();
      expect(sealedAt(all.store)).toEqual([1, 4]);
      expect(all.ledger.status().notRecording).toBeNull();
    });

    it('a commit that the disk refuses leaves those that wait their seal', async () => {
      const all = late();
      await write(all, 3);
      all.store.failNext('SQLITE_FULL');
      await expect(write(all, 1)).rejects.toThrow();
      await write(all, 1);
      all.clock.advanceSync(20);
      expect(sealedAt(all.store)).toEqual([1, 4]);
    });
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

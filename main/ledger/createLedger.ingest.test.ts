import { describe, expect, it } from 'vitest';
import { type ChainHead, EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { chainOf, note, rig } from '../../tests/fakes/ledgerRig.ts';
import { give } from '../../tests/fakes/ledgerStore.ts';
import { isChainName } from './chainName.ts';
import { sha256 } from './sha256.ts';

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

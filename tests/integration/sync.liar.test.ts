import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import { EVERY } from '../../core/ledger/stream.ts';
import { isChainKey } from '../../main/ledger/chainName.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { createLink } from '../../main/sync/link.ts';
import type { Peer } from '../../main/sync/peer.ts';
import { createWireTexts } from '../../main/sync/wireTexts.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { OPS_1 } from '../fakes/fold.ts';
import { sealsUnder, testSigner } from '../fakes/ledgerStore.ts';
import { createFakeNetwork, seededRandom } from '../fakes/network.ts';
import { DEEDS } from './sync.deeds.ts';
import { Simulation } from './sync.sim.ts';
import { rebuiltStateOf, SimStation, stateOf } from './sync.station.ts';

const LIAR = testSigner('liar');
const CALM = { lose: 0, repeat: 0, delay: 5 };

/** What a peer that holds the token and means ill says. */
type Lie =
  | { lie: 'text'; text: string }
  | { lie: 'forge'; chain: string; far: boolean; change: Record<string, unknown> }
  | { lie: 'claim'; chain: string; seq: number }
  | { lie: 'refuse'; chain: string; reason: string }
  | { lie: 'flood'; text: string; times: number };

const MOST = Number.MAX_SAFE_INTEGER;
const chainName = fc.constantFrom(
  'a',
  'a~2',
  'a~9999',
  'a~9999999',
  '__proto__',
  'constructor',
  'liar',
  'liar~2',
  'Ａ',
  'a b',
  'toString',
);
const odd = fc.dictionary(
  fc.constantFrom('id', 'seq', 'hlc', 'at', 'type', 'subject', 'actor', 'body', 'prev', 'hash', '__proto__', 'more'),
  fc.oneof(fc.jsonValue(), fc.constantFrom(0, -1, 1.5, MOST, '', '\ud800', 'x'.repeat(300), null, [])),
  { maxKeys: 2 },
);
const name = fc.constantFrom('liar', 'a', 'b', '__proto__', 'toString', 'A', 'ｂ', '');
const message = fc.oneof(
  fc.record({
    t: fc.constant('hello'),
    protocol: fc.constantFrom(2, 3),
    station: name,
    chain: name,
    have: fc.dictionary(chainName, fc.constantFrom(0, 1, MOST)),
    wall: fc.constantFrom(0, 2 ** 53, -1),
  }),
  fc.record({ t: fc.constantFrom('twin', 'refused', 'bad', 'nonsense'), why: fc.string(), message: fc.string() }),
  fc.record({
    t: fc.constantFrom('pong', 'ping', 'have', 'ack', 'events'),
    n: fc.jsonValue(),
    have: fc.jsonValue(),
    batch: fc.nat(),
    events: fc.jsonValue(),
  }),
);
const lie: fc.Arbitrary<Lie> = fc.oneof(
  fc.record({
    lie: fc.constant('text' as const),
    text: fc.oneof(
      fc.string(),
      message.map((m) => JSON.stringify(m)),
    ),
  }),
  fc.record({
    lie: fc.constant('forge' as const),
    chain: chainName,
    far: fc.boolean(),
    change: fc.oneof(fc.constant({}), odd),
  }),
  fc.record({ lie: fc.constant('claim' as const), chain: chainName, seq: fc.constantFrom(1, 7, MOST) }),
  fc.record({
    lie: fc.constant('refuse' as const),
    chain: chainName,
    reason: fc.constantFrom('fork', 'gap', 'altered', 'x'),
  }),
  fc.record({
    lie: fc.constant('flood' as const),
    text: fc.constantFrom('{"t":"ping","n":1}', '{', '{"t":"have","have":{}}'),
    times: fc.constantFrom(10, 2000),
  }),
);
const step = fc.oneof(
  fc.record({ do: fc.constant('lie' as const), what: lie }),
  fc.record({ do: fc.constant('act' as const), station: fc.nat(2), deed: fc.nat(DEEDS.length - 1), n: fc.nat(11) }),
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 4000 }) }),
  fc.record({ do: fc.constant('kill' as const), station: fc.nat(2) }),
);
const history = fc.record({ seed: fc.nat(), steps: fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }) });

/** The liar joins station a, and joins it again whenever it is put out. */
function liarAt(a: SimStation, connect: () => [Peer, Peer]): { tell(what: Lie): void; leave(): void } {
  let end: Peer | null = null;
  let ledger = a.ledger;
  const join = (): Peer => {
    const [mine, theirs] = connect();
    end = mine;
    ledger = a.ledger;
    mine.onClose(() => {
      end = null;
    });
    const none = () => undefined;
    const log = pino({ level: 'silent' });
    const { name: station, clock } = a;
    createLink({
      peer: theirs,
      station,
      ledger,
      texts: createWireTexts(ledger),
      clock,
      log,
      onNews: none,
      onReject: none,
      onEnd: none,
    }).start();
    mine.send('{"t":"hello","protocol":2,"station":"liar","chain":"liar","have":{},"wall":0}');
    return mine;
  };
  const forged = (chain: string, far: boolean): LedgerEvent => {
    const [head = EMPTY_CHAIN] = a.ledger.range(`ops/${chain}`, a.ledger.have()[`ops/${chain}`] ?? 0, 1);
    const draft = { type: 'tally.counted', subject: 'tally:1', actor: 'liar', body: { n: 1 } };
    return seal(
      draft,
      { ...OPS_1, station: chain, head, hlc: far ? 'fffffffffff-ffff' : formatHlc(a.clock.now(), 0), at: 1 },
      sha256,
    );
  };
  return {
    tell(what) {
      if (end !== null && ledger !== a.ledger) end.close('its station was killed');
      const peer = end ?? join();
      if (what.lie === 'text') peer.send(what.text);
      else if (what.lie === 'flood') for (let i = 0; i < what.times; i++) peer.send(what.text);
      else if (what.lie === 'claim')
        peer.send(JSON.stringify({ t: 'have', have: { [`ops/${what.chain}`]: what.seq } }));
      else if (what.lie === 'refuse') {
        const refused = [{ id: `ops/${what.chain}-1`, reason: what.reason, message: '' }];
        peer.send(JSON.stringify({ t: 'ack', batch: 1, have: {}, refused }));
      } else {
        const event = { ...forged(what.chain, what.far), ...what.change };
        peer.send(JSON.stringify({ t: 'events', batch: 1, events: [event, event], seals: sealsUnder([event], LIAR) }));
      }
    },
    leave: () => end?.close('gone'),
  };
}

it('whatever a peer with the token says, honest stations lose nothing, go on writing, and end alike', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ seed, steps }) => {
      const clock = createFakeClock();
      const network = createFakeNetwork(clock, seededRandom(seed), CALM);
      const stations = ['a', 'b', 'c'].map(
        (each) => new SimStation(each, clock, { skew: 0, generation: 1, takes: EVERY }),
      );
      const [a] = stations as [SimStation];
      const world = new Simulation(
        stations,
        [
          [0, 1],
          [0, 2],
        ],
        clock,
        network,
      );
      const liar = liarAt(a, () => network.pair('liar', 'a'));
      await world.advance(1000);
      for (const each of steps) {
        if (each.do === 'lie') liar.tell(each.what);
        else if (each.do === 'act') stations[each.station]?.act(DEEDS[each.deed] as (typeof DEEDS)[0], each.n);
        else if (each.do === 'kill') await world.restart(each.station);
        else await world.advance(each.ms);
      }
      liar.leave();
      await world.advance(2000);
      // After whatever was said, and a restart, every station still writes, under a name that all take.
      for (let station = 0; station < 3; station++) await world.restart(station);
      for (const station of stations) station.act(DEEDS[0] as (typeof DEEDS)[0], 1);
      await world.advance(2000);
      const digests = () => new Set(stations.map((station) => station.ledger.digest()));
      for (let seconds = 0; digests().size > 1 && seconds < 120; seconds++) await world.advance(1000);
      expect([...digests()], 'one digest on every station').toHaveLength(1);
      for (const station of stations) {
        expect(Object.keys(station.ledger.have()).filter((chain) => !isChainKey(chain))).toEqual([]);
        // Nobody drives a station from chain to chain: once in a start at most, before it has written anything.
        const begun = station.ledger.ownChains().filter((chain) => chain !== station.name && !chain.endsWith('9999'));
        expect(begun.length).toBeLessThanOrEqual(
          station === a ? 2 + steps.filter((each) => each.do === 'kill').length : 0,
        );
        expect(station.ledger.status().forks).toEqual([]);
        expect(rebuiltStateOf(station)).toBe(stateOf(station.views));
        expect(station.failedWrites).toBe(0);
        const held = new Map([...station.ledger.all()].map((event) => [event.id, event.hash]));
        for (const { acknowledged } of stations) {
          for (const [id, hash] of acknowledged)
            expect(held.get(id), `acknowledged event ${id} at ${station.name}`).toBe(hash);
        }
        expect([...station.acknowledged.keys()].length).toBeGreaterThan(0);
      }
    }),
    { seed: Number(process.env.FC_SEED ?? 20260301), numRuns: Number(process.env.FC_RUNS ?? 40), verbose: 1 },
  );
}, 300_000);

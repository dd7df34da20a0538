import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAILY, EVERY, splitKey } from '../../core/ledger/stream.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeNetwork, seededRandom } from '../fakes/network.ts';
import { DEEDS, type Generation, isForeign } from './sync.deeds.ts';
import { Simulation } from './sync.sim.ts';
import { rebuiltStateOf, SimStation, stateOf } from './sync.station.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

const SHAPES: Record<string, (n: number) => [number, number][]> = {
  star: (n) => Array.from({ length: n - 1 }, (_, i) => [0, i + 1]),
  line: (n) => Array.from({ length: n - 1 }, (_, i) => [i, i + 1]),
  mesh: (n) =>
    Array.from({ length: n }, (_, i) => i).flatMap((i) =>
      Array.from({ length: i }, (_, j): [number, number] => [j, i]),
    ),
};

const CALM = { lose: 0, repeat: 0, delay: 5 };
/** Deeds by their place in DEEDS: raise, open, launch. */
const BEFORE = [
  [1, 1],
  [5, 2],
  [8, 0],
] as const;

type Operation =
  | { do: 'act'; station: number; deed: number; n: number }
  | { do: 'advance'; ms: number }
  | { do: 'cable'; cable: number; cut: boolean }
  | { do: 'all-cables'; cut: boolean }
  | { do: 'kill'; station: number }
  | { do: 'crash'; station: number; after: number; done: boolean }
  | { do: 'fail'; station: number };

const small = fc.nat({ max: 11 });
const act = fc.record({
  do: fc.constant('act' as const),
  station: small,
  deed: fc.nat({ max: DEEDS.length - 1 }),
  n: small,
});
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 12, arbitrary: act },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 4000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cable' as const), cable: small, cut: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('all-cables' as const), cut: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), station: small }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      station: small,
      after: fc.nat({ max: 4 }),
      done: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), station: small }) },
);

const history = fc.record({
  seed: fc.nat(),
  stations: fc.integer({ min: 2, max: 4 }),
  shape: fc.constantFrom(...Object.keys(SHAPES)),
  mood: fc.record({
    lose: fc.constantFrom(0, 0.1, 0.4),
    repeat: fc.constantFrom(0, 0.3),
    delay: fc.constantFrom(5, 1500, 9000),
  }),
  /** By station: the version of the program it runs, and the streams it takes. */
  generations: fc.array(fc.constantFrom<Generation>(1, 2), { minLength: 4, maxLength: 4 }),
  takes: fc.array(fc.constantFrom(EVERY, EVERY, DAILY, DAILY, ['ops'], ['ops', 'drill:x'], ['audit', 'drill:*']), {
    minLength: 4,
    maxLength: 4,
  }),
  skewed: fc.constantFrom(0, -HOUR, HOUR, -72 * HOUR, 72 * HOUR, 30 * YEAR),
  operations: fc.array(operation, { minLength: 20, maxLength: 120, size: 'max' }),
});
type History = typeof history extends fc.Arbitrary<infer H> ? H : never;

/** What histories met, so that none of it is there in name only. */
const met = { crashes: 0, foreign: 0, checkpoints: 0, leftOut: 0, conflicts: 0 };

function note(stations: readonly SimStation[]): void {
  const most = Math.max(...stations.map(({ ledger }) => ledger.count));
  for (const { crashes, foreign, store, ledger, views } of stations) {
    met.crashes += crashes;
    met.foreign += foreign.size;
    met.checkpoints += store.checkpoint() ? 1 : 0;
    met.leftOut += most - ledger.count;
    met.conflicts += views.run.get('run:1')?.conflicts.length ?? 0;
  }
}

/** What holds of every station at any time when nothing is under way. */
function expectSound(station: SimStation): void {
  const { name, ledger, views, generation, foreign } = station;
  expect(rebuiltStateOf(station), `${name}: folded as it came = folded from nothing`).toBe(stateOf(views));
  expect(ledger.status().forks, `${name}: no fork`).toEqual([]);
  expect(ledger.chain, `${name}: writes its first chain`).toBe(name);
  const odd = generation === 1 ? [...ledger.all()].filter(isForeign).map(({ id }) => id) : [];
  expect([...foreign].sort(), `${name}: what it does not understand is never passed over in silence`).toEqual(
    odd.sort(),
  );
}

async function live({ seed, stations: count, shape, mood, skewed, operations, ...as }: History): Promise<void> {
  const clock = createFakeClock();
  const network = createFakeNetwork(clock, seededRandom(seed), CALM);
  const stations = Array.from({ length: count }, (_, i) => {
    const [generation = 1, takes = EVERY] = [as.generations[i], as.takes[i]];
    return new SimStation('abcd'[i] as string, clock, { skew: i === 1 ? skewed : 0, generation, takes });
  });
  const world = new Simulation(stations, (SHAPES[shape] as (n: number) => [number, number][])(count), clock, network);
  const at = (n: number): SimStation => stations[n % count] as SimStation;

  // An alarm, its incident and a plan run that every station knows of: what stations apart can disagree about.
  for (const [deed, n] of BEFORE) at(0).act(DEEDS[deed] as (typeof DEEDS)[0], n);
  await world.advance(3000);
  network.mood = mood;

  for (const op of operations) {
    if (op.do === 'act') at(op.station).act(DEEDS[op.deed] as (typeof DEEDS)[0], op.n);
    else if (op.do === 'advance') await world.advance(op.ms);
    else if (op.do === 'kill') await world.restart(op.station);
    else if (op.do === 'crash') at(op.station).crash(op.after, op.done);
    else if (op.do === 'fail') at(op.station).store.failNext('SQLITE_FULL');
    else if (op.do === 'all-cables') world.cutAll(op.cut);
    else world.cut(op.cable, op.cut);
  }

  // First each station comes to hold what it takes and what reaches it, and is what it should be for its version.
  world.heal();
  for (const station of stations) station.store.revive();
  const written = () =>
    stations.flatMap(({ ledger, name }, from) =>
      Object.entries(ledger.have()).flatMap(([chain, seq]) =>
        splitKey(chain).station === name ? { chain, seq, from } : [],
      ),
    );
  const lacking = (): string[] =>
    written().flatMap(({ chain, seq, from }) =>
      stations.flatMap(({ name, ledger }, to) => {
        const due = world.reaches(from, to, splitKey(chain).stream) ? seq : 0;
        const has = ledger.have()[chain] ?? 0;
        return has === due ? [] : `${name} has ${has} of ${chain}, due ${due}`;
      }),
    );
  await world.advance(2000);
  for (let seconds = 0; lacking().length > 0 && seconds < 120; seconds++) await world.advance(1000);
  expect(lacking(), 'each has what it takes').toEqual([]);
  for (const one of stations) {
    expectSound(one);
    for (const other of stations) {
      if (one.generation !== other.generation || one.ledger.digest() !== other.ledger.digest()) continue;
      expect(stateOf(one.views), `state of ${one.name} and ${other.name}`).toBe(stateOf(other.views));
    }
  }

  note(stations);

  // Then all are brought up to date and take everything.
  await world.renew();
  const digests = (): Set<string> => new Set(stations.map((station) => station.ledger.digest()));
  await world.advance(2000);
  for (let seconds = 0; digests().size > 1 && seconds < 120; seconds++) await world.advance(1000);

  expect([...digests()], 'one digest on every station').toHaveLength(1);
  const [first, ...others] = stations as [SimStation, ...SimStation[]];
  const order = [...first.ledger.all()].map((event) => event.id);
  const state = stateOf(first.views);
  for (const station of stations) expectSound(station);
  for (const other of others) {
    expect(stateOf(other.views), `state of ${other.name}`).toBe(state);
    expect(
      [...other.ledger.all()].map((event) => event.id),
      `order at ${other.name}`,
    ).toEqual(order);
  }
  const held = new Map([...first.ledger.all()].map((event) => [event.id, event.hash]));
  const place = new Map(order.map((id, i) => [id, i]));
  for (const { acknowledged, knew } of stations) {
    for (const [id, hash] of acknowledged) expect(held.get(id), `acknowledged event ${id}`).toBe(hash);
    for (const [id, have] of knew) {
      for (const [chain, seq] of Object.entries(have)) {
        expect(place.get(`${chain}-${seq}`), `${chain}-${seq} was known when ${id} was decided`).toBeLessThan(
          place.get(id) ?? -1,
        );
      }
    }
  }
}

/** The seed of the run, so that it is the same everywhere; FC_SEED=… tries others, FC_RUNS=… more. */
const seed = Number(process.env.FC_SEED ?? 20260301);
const numRuns = Number(process.env.FC_RUNS ?? 120);
/** A history takes a third of a second where nothing else runs. */
const LIMIT = numRuns * 5000;

describe('merge over a network that loses, repeats, delays and reorders, of stations of two versions that take some streams and are killed between any two writes', () => {
  it(`${numRuns} histories end with one digest, one order, one state, and nothing acknowledged lost`, {
    timeout: LIMIT + 10_000,
  }, async () => {
    await fc.assert(fc.asyncProperty(history, live), {
      seed,
      numRuns,
      verbose: 1,
      interruptAfterTimeLimit: LIMIT,
      markInterruptAsFailure: true,
    });
    for (const [what, count] of Object.entries(met)) expect(count, what).toBeGreaterThan(numRuns / 10);
  });
});

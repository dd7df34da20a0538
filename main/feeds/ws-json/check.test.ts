import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEnvelope, isObservationRecord, isUnitRecord } from './check.ts';
import { Envelope, ObservationRecord, UnitRecord } from './schema.ts';

const number = fc.oneof(
  fc.integer({ min: -400, max: 400 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 1, 90, 90.0001, -90, 180, 180.5, 360, 361, 350, 1e300, 1.5, 2 ** 53, 1_700_000_000_000),
);
const anything = fc.oneof(
  number,
  fc.jsonValue({ maxDepth: 2 }),
  fc.string(),
  fc.constantFrom(null, '', 'x'.repeat(64), 'x'.repeat(65)),
);
const mostly = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything });

const observation = fc.record(
  {
    sensor: mostly(fc.constant('WL-001')),
    t: mostly(fc.nat()),
    value: mostly(fc.double()),
    quality: mostly(fc.constantFrom('good', 'doubtful', 'bad')),
    extra: anything,
  },
  { requiredKeys: [] },
);
const unit = fc.record(
  {
    unit: mostly(fc.constant('U-1')),
    t: mostly(fc.nat()),
    lon: mostly(number),
    lat: mostly(number),
    heading: mostly(number),
    speed: mostly(number),
    status: mostly(fc.constantFrom('available', 'enroute', 'on-scene', 'busy', 'off', 'asleep')),
  },
  { requiredKeys: [] },
);
const good = fc.record({
  unit: fc.constant('U-1'),
  t: fc.nat(),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  heading: fc.integer({ min: -1, max: 361 }),
  speed: fc.integer({ min: -1, max: 351 }),
  status: fc.constantFrom('available', 'off'),
});
const envelope = fc.record(
  {
    v: mostly(fc.constant(1)),
    seq: mostly(fc.nat()),
    t: mostly(fc.nat()),
    obs: mostly(fc.array(anything, { maxLength: 3 })),
    units: mostly(fc.array(anything, { maxLength: 3 })),
  },
  { requiredKeys: [] },
);

/** As it comes off the wire: no undefined, no NaN. */
const json = (v: unknown): unknown => JSON.parse(JSON.stringify(v) ?? 'null');

describe('the quick check gives the verdict of the schema', () => {
  test.each([
    ['observation', fc.oneof(observation, anything), isObservationRecord, ObservationRecord],
    ['unit', fc.oneof(unit, good, anything), isUnitRecord, UnitRecord],
    ['envelope', fc.oneof(envelope, anything), isEnvelope, Envelope],
  ])('%s', (_name, values, quick, schema) => {
    let accepted = 0;
    fc.assert(
      fc.property(values, (value) => {
        const it = json(value);
        const verdict = quick(it);
        if (verdict) accepted++;
        expect(verdict).toBe(schema.safeParse(it).success);
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('an infinite number, which JSON can spell, is refused by both', () => {
    const it: unknown = JSON.parse('{"sensor":"a","t":1,"value":1e999}');
    expect(isObservationRecord(it)).toBe(false);
    expect(ObservationRecord.safeParse(it).success).toBe(false);
  });

  test('one record over the limit is refused by both, with the remedy', () => {
    const it = { v: 1, seq: 1, t: 1, obs: new Array<number>(2500).fill(0), units: new Array<number>(2501).fill(0) };
    expect(isEnvelope(it)).toBe(false);
    expect(Envelope.safeParse(it).error?.issues[0]?.message).toContain('5001 records');
  });
});

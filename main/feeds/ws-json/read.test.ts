import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { toWgs84 } from '../../../core/places/crs.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { createReader } from './read.ts';

const directory = { hasSensor: (id: string) => id.startsWith('WL-'), hasUnit: (id: string) => id.startsWith('U-') };
const read = createReader(directory, null);
const T = 1_750_000_000_000;
const unit = { unit: 'U-1', t: T, lon: 121.5, lat: 31.2, heading: 90, speed: 8, status: 'enroute' };
const message = (more: object) => JSON.stringify({ v: 1, seq: 3, t: T, ...more });

/** The same object, and how often one of its members was looked at or named. */
function watched(object: object): { object: object; looks(): number } {
  let looks = 0;
  const count = new Proxy(object, {
    get: (target, key) => {
      looks++;
      return Reflect.get(target, key);
    },
    getOwnPropertyDescriptor: (target, key) => {
      looks++;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
  return { object: count, looks: () => looks };
}

describe('a message', () => {
  test('gives its records', () => {
    const obs = [
      { sensor: 'WL-1', t: T, value: 0.5 },
      { sensor: 'WL-2', t: T, value: 1, quality: 'bad' },
    ];
    expect(read(message({ obs, units: [unit] }))).toEqual({
      ...{ ok: true, seq: 3, t: T, faults: [], rejected: 0 },
      batch: { sentAt: T, observations: [{ ...obs[0], quality: 'good' }, obs[1]], units: [unit] },
    });
  });

  test('without records is good: it says that the source lives', () => {
    expect(read(message({}))).toMatchObject({ ok: true, rejected: 0, batch: { observations: [], units: [] } });
  });

  test.each([
    ['', 'not JSON'],
    ['null', 'expected object'],
    ['{"v":1}', '`t` is missing'],
    [message({ seq: -1 }), '>=0'],
    [message({ t: 1.5 }), 'int'],
    [message({ obs: {} }), 'array'],
    [message({ obs: new Array(5001).fill(0) }), '5001 records'],
    [' '.repeat(1_048_577), '1048577 bytes'],
  ])('like %.30j is refused as a whole', (text, fault) => {
    const reading = read(text);
    expect(reading.ok ? '' : reading.fault.message.en).toContain(fault);
  });

  test('of which single records are bad keeps the others', () => {
    const units = [
      { ...unit, lon: 181 },
      { ...unit, unit: 'X' },
      unit,
      { ...unit, t: -1 },
      { ...unit, status: 'lost' },
      { ...unit, t: T + 1 },
    ];
    const reading = read(message({ units }));
    if (!reading.ok) throw new Error('refused');
    expect(reading.batch.units).toHaveLength(2);
    expect(reading.rejected).toBe(4);
    expect(reading.faults.map((f) => f.path)).toEqual(['units.0.lon', 'units.1.unit', 'units.3.t', 'units.4.status']);
    expect(reading.faults.map((f) => f.remedy.en)).toEqual([
      'Give a value of at most 180.',
      "Add it to the city's units, or take it out of the source.",
      'Give a value of 0 or more.',
      'Write one of: available, enroute, on-scene, busy, off.',
    ]);
  });

  test('of which everything is bad costs twenty descriptions, and counts all', () => {
    const reading = read(message({ obs: new Array(5000).fill({ sensor: 7 }) }));
    expect(reading).toMatchObject({ ok: true, rejected: 5000 });
    expect(reading.ok && reading.faults).toHaveLength(20);
  });

  test.each([
    ['a byte order mark', Buffer.from(`\ufeff${message({})}`), 'without a byte order mark'],
    ['a byte order mark in a string', `\ufeff${message({})}`, 'without a byte order mark'],
    [
      'a value beyond all numbers',
      message({}).replace('{', '{"obs":[{"sensor":"WL-1","t":1,"value":1e999}],'),
      'Write',
    ],
    ['an id of control characters', message({ obs: [{ sensor: '\u0000\u202e\n', t: 1, value: 1 }] }), 'Add it to'],
    ['half a character as an id', message({ obs: [{ sensor: '\ud800', t: 1, value: 1 }] }), 'Add it to'],
    ['an array for a record', message({ obs: [['WL-1', 1, 1]] }), 'Write'],
    ['lon and lat swapped', message({ units: [{ ...unit, lon: 31.2, lat: 121.5 }] }), 'lon and lat are swapped'],
  ])('with %s is refused with its remedy', (_what, data, remedy) => {
    const reading = read(data);
    expect(reading.ok ? reading.faults[0]?.remedy.en : reading.fault.remedy.en).toContain(remedy);
    expect(reading.ok ? reading.batch : null).toEqual(reading.ok ? { sentAt: T, observations: [], units: [] } : null);
  });

  test('of which a record has a member twice counts the last, and of a zero there is one kind', () => {
    const twice = message({}).replace('{', '{"obs":[{"sensor":"WL-1","t":1,"value":9,"value":-0}],');
    const reading = read(twice);
    expect(reading.ok && Object.is(reading.batch.observations[0]?.value, 0)).toBe(true);
  });

  test('whose records have sixty thousand members is refused without a look at them', () => {
    const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, i]));
    const parse = vi.spyOn(JSON, 'parse');
    onTestFinished(() => parse.mockRestore());
    const record = watched(wide);
    parse.mockReturnValueOnce({ v: 1, seq: 3, t: T, obs: [record.object] });
    expect(read('')).toMatchObject({ ok: true, rejected: 1 });
    expect(record.looks()).toBeLessThan(100);
    const around = watched({ ...wide, v: 2 });
    parse.mockReturnValueOnce(around.object);
    expect(read('')).toMatchObject({ ok: false, fault: { path: 'v' } });
    expect(around.looks()).toBeLessThan(100);
  });

  test('in another CRS is brought to WGS 84', () => {
    const reading = createReader(directory, toWgs84('gcj02'))(message({ units: [unit] }));
    const lon = reading.ok ? (reading.batch.units[0]?.lon ?? 0) : 0;
    expect(lon).toBeCloseTo(121.49556, 4);
  });

  test('that leaves the world by its conversion is rejected, record by record', () => {
    const away = createReader(directory, () => [Number.NaN, 0]);
    expect(away(message({ units: [unit] }))).toMatchObject({
      ok: true,
      rejected: 1,
      faults: [{ path: 'units.0.lon' }],
    });
  });
});

describe('whatever comes', () => {
  const record = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant(unit),
    fc.constant({ sensor: 'WL-1', t: T, value: 1 }),
    fc.record({
      ...{ unit: fc.constantFrom('U-1', 'U-2', 'X', '__proto__', '\ud800'), t: fc.oneof(fc.nat(), fc.double()) },
      ...{ lon: fc.double({ min: -400, max: 400 }), lat: fc.double({ min: -400, max: 400 }) },
      ...{ heading: fc.double({ min: -10, max: 400 }), speed: fc.double({ min: -1, max: 400 }) },
      status: fc.constantFrom('busy', 'off', 'lost', null),
    }),
    fc.record({
      sensor: fc.constantFrom('WL-1', '__proto__', 'constructor', ''),
      t: fc.oneof(fc.integer(), fc.double()),
      value: fc.jsonValue(),
    }),
  );
  const envelope = fc.record({
    v: fc.constantFrom(1, 1, 1, 1, 2, '1'),
    seq: fc.oneof(fc.nat(), fc.jsonValue()),
    t: fc.constantFrom(T, T, T, T, 'now', Number.MAX_SAFE_INTEGER, 1e308, -1, -0, 0, null),
    obs: fc.array(record, { maxLength: 8 }),
    units: fc.array(record, { maxLength: 8 }),
  });
  /** Good messages with bytes changed, cut off or doubled. */
  const mangled = fc
    .tuple(
      envelope.map((m) => Buffer.from(JSON.stringify(m))),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.nat(),
    )
    .map(([bytes, changes, cut]) => {
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
    });
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    envelope.map((m) => JSON.stringify(m)),
  );

  test('the reader answers, its records are known and in range, and every refusal is told with its remedy in both languages', () => {
    fc.assert(
      fc.property(fc.oneof(mangled, text), (data) => {
        const reading = read(data);
        if (!reading.ok) {
          expect([halfSaid(reading.fault.message), halfSaid(reading.fault.remedy)]).toEqual([null, null]);
          return;
        }
        expect(reading.faults).toHaveLength(Math.min(20, reading.rejected));
        for (const fault of reading.faults) {
          expect(fault.path).toMatch(/^(obs|units)\.\d+/);
          expect([halfSaid(fault.message), halfSaid(fault.remedy)]).toEqual([null, null]);
          expect(fault.excerpt.length).toBeLessThanOrEqual(500);
        }
        for (const o of reading.batch.observations)
          expect(o.sensor.startsWith('WL-') && Number.isFinite(o.value)).toBe(true);
        for (const u of reading.batch.units) {
          expect(Math.abs(u.lon) <= 180 && Math.abs(u.lat) <= 90).toBe(true);
          expect(Number.isSafeInteger(u.t) && u.t >= 0 && u.unit.startsWith('U-')).toBe(true);
        }
        expect(Number.isSafeInteger(reading.t) && Number.isSafeInteger(reading.seq ?? 0)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('nesting is no way to exhaust the stack', () => {
    expect(read('['.repeat(1_000_000))).toMatchObject({ ok: false });
    expect(read(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toMatchObject({ ok: false });
    const deep = `{"v":1,"seq":1,"t":1,"obs":[${'['.repeat(400_000)}${']'.repeat(400_000)}]}`;
    expect(read(deep)).toMatchObject({ ok: true, rejected: 1 });
  });
});

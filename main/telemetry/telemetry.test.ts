import { describe, expect, test } from 'vitest';
import { SensorEntry } from '../../contract/features/sensors.ts';
import { decodeObservations } from '../../contract/observations.ts';
import { decodeUnits, type UnitsFrame } from '../../contract/units.ts';
import type { CitySensor, CityUnit } from '../../core/places/city.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import type { FeedBatch, ObservationReport, RecordFault } from '../feeds/feed.ts';
import { noJournal, type TelemetryJournal } from './journal.ts';
import { createTelemetry } from './telemetry.ts';

const T = Date.UTC(2025, 6, 1, 8);
const sensor = (id: string): CitySensor => ({
  ...{ id, kind: 'water-level', unit: 'm', zh: `水位 ${id}`, en: `Level ${id}`, lon: 121.9, lat: 29.2 },
  place: { zh: '', en: '' },
});
const unit = (id: string): CityUnit => ({
  id,
  callSign: id,
  department: 'fire',
  kind: 'truck',
  capability: [],
  home: 0,
});
const obs = (id: string, t: number, value: number): ObservationReport => ({ sensor: id, t, value, quality: 'good' });
const report = (id: string, t: number, lon = 121): UnitReport => ({
  ...{ unit: id, t, lon, lat: 29, heading: 90, speed: 5, status: 'enroute' as const },
});

function rig(journal: TelemetryJournal = noJournal, maxPerSecond = 200_000, unitBytesPerSecond = 160_000_000) {
  const clock = createFakeClock(T);
  const warnings: string[] = [];
  const city = { units: [unit('U-1'), unit('U-2'), unit('U-3')], sensors: [sensor('WL-1'), sensor('WL-2')] };
  const log = { debug() {}, error() {}, info() {}, warn: (_data: object, text: string) => void warnings.push(text) };
  const telemetry = createTelemetry({ clock, log, city, journal, maxPerSecond, unitBytesPerSecond });
  /** What was described of refusals, in order, each with its feed. */
  const faults: (RecordFault & { source: string })[] = [];
  const sinkOf = (id: string, owns: string[] = []) => {
    const sink = telemetry.sinkOf({ id, owns });
    return {
      ready: () => sink.ready(),
      push(batch: FeedBatch, again = false) {
        const delivered = sink.push(batch, again);
        faults.push(...delivered.faults.map((fault) => ({ ...fault, source: id })));
        return delivered;
      },
    };
  };
  const sink = sinkOf('f');
  const push = (observations: ObservationReport[], units: UnitReport[] = []) =>
    sink.push({ sentAt: clock.now(), observations, units });
  return { clock, telemetry, push, sink, sinkOf, faults, warnings };
}

type Telemetry = ReturnType<typeof rig>['telemetry'];

/** What a window that follows observations is told: `WL-1=0.4`, with ` bad` and `!2` where it is so, a list a frame. */
function watchAs(telemetry: Telemetry, only: number[] | null = null) {
  const told: string[][] = [];
  const bytes: Uint8Array[] = [];
  const window = { room: true, skipped: 0 };
  const { version, sensors } = telemetry.sensorDirectory();
  const stop = telemetry.watchObservations({
    only: only && Uint32Array.from(only),
    room: () => window.room,
    skipped: () => void window.skipped++,
    push(payload) {
      const frame = decodeObservations(payload);
      expect(frame.version).toBe(version);
      bytes.push(payload);
      told.push(
        [...frame.index].map((index, k) => {
          const quality = ['', ' doubtful', ' bad'][frame.quality[k] ?? 0];
          const level = frame.level[k] ? `!${frame.level[k]}` : '';
          return `${sensors[index]?.id}=${frame.value[k]}${quality}${level}`;
        }),
      );
    },
  });
  return { told, bytes, window, stop };
}

describe('observations', () => {
  test('the newest value is shown as the contract has it; a late one changes nothing', () => {
    const { telemetry, push } = rig();
    push([obs('WL-1', T + 2000, 0.4), obs('WL-1', T + 1000, 9)]);
    expect(watchAs(telemetry).told).toEqual([['WL-1=0.4']]);
    expect(telemetry.value('WL-1')).toEqual({ sensor: 'WL-1', value: 0.4, t: T + 2000, quality: 'good' });
    expect(telemetry.recent('WL-1')).toEqual([[T + 2000, 0.4]]);
    expect(telemetry.value('WL-2')).toBeNull();
    expect(telemetry.recent('WL-2')).toEqual([]);
    expect(telemetry.recent('WL-9')).toBeNull();
    for (const entry of telemetry.sensorDirectory().sensors) expect(SensorEntry.parse(entry)).toEqual(entry);
  });

  test('O7 a bad value is no measurement: the last good one is shown as bad and the curve does not take it', () => {
    const { telemetry, push } = rig();
    const bad = (t: number, value: number): ObservationReport => ({ ...obs('WL-1', t, value), quality: 'bad' });
    const heard: string[] = [];
    telemetry.onSensor('WL-1', (said) => heard.push(`${said.value} ${said.quality}`));
    push([bad(T, 9.99)]);
    expect(telemetry.value('WL-1')).toMatchObject({ value: 9.99, quality: 'bad' });
    expect(telemetry.recent('WL-1')).toEqual([]);
    push([obs('WL-1', T + 1, 0.03), bad(T + 2, 9.99), bad(T + 3, 0)]);
    expect(telemetry.value('WL-1')).toMatchObject({ value: 0.03, quality: 'bad', t: T + 1 });
    expect(telemetry.recent('WL-1')).toEqual([[T + 1, 0.03]]);
    expect(watchAs(telemetry).told).toEqual([['WL-1=0.03 bad']]);
    push([obs('WL-1', T + 4, 0.04)]);
    expect(telemetry.value('WL-1')).toMatchObject({ value: 0.04, quality: 'good', t: T + 4 });
    expect(heard).toEqual(['9.99 bad', '0.03 good', '9.99 bad', '0 bad', '0.04 good']);
  });

  test('O1 what is dated ahead is refused, counted and kept, sensor by sensor, and what is right goes on', () => {
    const { telemetry, push, faults, clock } = rig();
    const year = 365 * 86_400_000;
    expect(push([obs('WL-1', T, 0.05)])).toEqual({ slow: false, rejected: 0, late: 0, faults: [] });
    expect(push([obs('WL-1', T + year, 0.06)], [report('U-1', T + year)])).toMatchObject({ rejected: 2, late: 0 });
    const both = [
      { id: 'WL-1', count: 1, offsetMs: year },
      { id: 'U-1', count: 1, offsetMs: year },
    ];
    expect(telemetry.aheadThings('f')).toEqual(both);
    expect(push([obs('WL-1', T + 1, 0.6), obs('WL-1', T, 0.5)])).toMatchObject({ rejected: 0, late: 1 });
    expect(telemetry.value('WL-1')).toMatchObject({ value: 0.6, t: T + 1 });
    expect(telemetry.position('U-1')).toBeNull();
    for (const { message, remedy } of faults) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
    expect(faults.map(({ source, path, message }) => [source, path, message.en])).toEqual([
      ['f', 'sensor.t', "source clock ahead: sensor WL-1 is dated 365 days after the hall's clock"],
      ['f', 'unit.t', "source clock ahead: unit U-1 is dated 365 days after the hall's clock"],
    ]);
    expect(telemetry.aheadThings('f')).toEqual(both.slice(1));
    expect(telemetry.aheadThings('g')).toEqual([]);
    clock.advanceSync(60_000);
    expect(telemetry.aheadThings('f')).toEqual([]);
  });

  test('O1 a batch of which everything is ahead costs twenty descriptions, and counts all', () => {
    const { push, faults } = rig();
    const batch = Array.from({ length: 5000 }, (_, i) => obs('WL-1', T + 100_000 + i, 1));
    expect(push(batch).rejected).toBe(5000);
    expect(faults).toHaveLength(20);
  });

  test('O8 while the hall’s own clock is behind, sources are refused for half a minute only, and rules hear them then', () => {
    const { clock, telemetry, sink } = rig();
    const heard: number[] = [];
    telemetry.onSensor('WL-1', ({ t }) => heard.push(t));
    const ahead = 3 * 24 * 3_600_000;
    const say = (seconds: number, offset: number) => {
      for (let s = 0; s < seconds; s++) {
        clock.advanceSync(1000);
        const t = clock.now() + offset;
        sink.push({ sentAt: t, observations: [obs('WL-1', t - 40, 0.6)], units: [report('U-1', t)] });
      }
    };
    say(30, ahead);
    expect(heard).toEqual([]);
    say(5, ahead);
    expect(heard).toEqual([31, 32, 33, 34, 35].map((s) => T + s * 1000 - 40));
    expect(telemetry.position('U-1')?.t).toBe(clock.now());
    const own = clock.now() - 20; // A device of that source whose own clock is right.
    sink.push({ sentAt: clock.now() + ahead, observations: [obs('WL-2', own, 1)], units: [] });
    expect(telemetry.value('WL-2')?.t).toBe(own);
    say(1, 0); // Somebody set the clock.
    expect(heard.at(-1)).toBe(clock.now() - 40);
  });

  test('O3 after a clock was set back the curve begins anew from there', () => {
    const { clock, telemetry, push } = rig();
    push([obs('WL-1', T, 1)]);
    for (let s = 1; s <= 5; s++) {
      clock.advanceSync(1000);
      push([obs('WL-1', T - 3_600_000 + s * 1000, s)]);
    }
    expect(telemetry.value('WL-1')?.value).toBe(5);
    expect(telemetry.recent('WL-1')).toEqual([
      [T - 3_596_000, 4],
      [T - 3_595_000, 5],
    ]);
  });

  test('O5 a feed that claims things keeps others from speaking of them; the others are refused and named', () => {
    const { telemetry, push, sinkOf, faults } = rig();
    const bureau = sinkOf('bureau', ['WL-*', 'U-1']);
    const units = [report('U-1', T), report('U-2', T)];
    expect(push([obs('WL-1', T, 9)], units)).toMatchObject({ rejected: 2 });
    expect(bureau.push({ sentAt: T, observations: [obs('WL-1', T, 0.1)], units: [report('U-2', T)] })).toMatchObject({
      rejected: 1,
    });
    expect(telemetry.value('WL-1')?.value).toBe(0.1);
    for (const { message, remedy } of faults) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
    expect(faults.at(-1)?.message.zh).toBe('力量 U-2 由数据源 f 报送');
    expect(faults.map(({ source, message }) => `${source}: ${message.en}`)).toEqual([
      'f: sensor WL-1 is spoken of by the feed bureau',
      'f: unit U-1 is spoken of by the feed bureau',
      'bureau: unit U-2 is spoken of by the feed f',
    ]);
  });

  test('what is put through again is judged as what comes; what is there already changes nothing, and nobody’s clock is judged by it', () => {
    const journalled: number[] = [];
    const journal: TelemetryJournal = { ...noJournal, observation: (_sensor, t) => void journalled.push(t) };
    const { clock, telemetry, sink, sinkOf } = rig(journal);
    const heard: number[] = [];
    telemetry.onSensor('WL-1', ({ value }) => heard.push(value));
    sink.push({ sentAt: T, observations: [obs('WL-1', T, 0.4)], units: [] });
    const batch = {
      sentAt: T,
      observations: [obs('WL-1', T, 9), obs('WL-2', T, 0.2), obs('WL-1', T - 1000, 0.1), obs('WL-2', T + 90_000, 1)],
      units: [report('U-1', T)],
    };
    expect(sink.push(batch, true)).toMatchObject({ known: 1, late: 1, rejected: 1, faults: [{ path: 'sensor.t' }] });
    expect(sink.push(batch, true)).toMatchObject({ known: 3, late: 1, rejected: 1 });
    expect(sinkOf('g').push({ sentAt: T, observations: [obs('WL-1', T, 3)], units: [] }, true).rejected).toBe(1);
    expect([heard, telemetry.value('WL-2')?.value]).toEqual([[0.4], 0.2]);
    expect(journalled).toEqual([T, T, T - 1000, T - 1000]);
    // A source that is steadily ahead stays so: what was put through in between was said long ago.
    const ahead = 3_600_000;
    for (let s = 0; s < 40; s++) {
      clock.advanceSync(1000);
      sink.push({ sentAt: clock.now() + ahead, observations: [obs('WL-1', clock.now() + ahead, 5)], units: [] });
      sink.push(batch, true);
    }
    expect(telemetry.value('WL-1')).toMatchObject({ value: 5, t: clock.now() });
  });

  test('the last 120 values are kept', () => {
    const { telemetry, push } = rig();
    for (let i = 0; i < 300; i++) push([obs('WL-1', T + i, i)]);
    const recent = telemetry.recent('WL-1');
    expect(recent).toHaveLength(120);
    expect(recent?.[0]).toEqual([T + 180, 180]);
    expect(recent?.at(-1)).toEqual([T + 299, 299]);
  });

  test('changes are told four times a second, however many there were, and once', () => {
    const { clock, telemetry, push } = rig();
    const { told, stop } = watchAs(telemetry);
    expect(told).toEqual([[]]);
    for (let i = 0; i < 50; i++) push([obs('WL-1', T + i, i), obs('WL-2', T, 1)]);
    clock.advanceSync(249);
    expect(told).toHaveLength(1);
    clock.advanceSync(1);
    expect(told[1]).toEqual(['WL-1=49', 'WL-2=1']);
    clock.advanceSync(5000);
    expect(told).toHaveLength(2);
    telemetry.setLevel('WL-2', 2);
    telemetry.setLevel('WL-2', 2);
    clock.advanceSync(250);
    expect(told[2]).toEqual(['WL-2=1!2']);
    stop();
    push([obs('WL-1', T + 99, 1)]);
    clock.advanceSync(1000);
    expect(told).toHaveLength(3);
  });

  test('a window that comes is told all that is known, whenever it changed; one that names sensors of those only', () => {
    const { clock, telemetry, push } = rig();
    telemetry.setLevel('WL-2', 3);
    push([obs('WL-1', T, 1)]);
    clock.advanceSync(10_000);
    const all = watchAs(telemetry);
    const one = watchAs(telemetry, [1]);
    expect([all.told, one.told]).toEqual([[['WL-1=1']], [[]]]);
    push([obs('WL-1', T + 1, 2), obs('WL-2', T + 1, 7)]);
    clock.advanceSync(250);
    expect([all.told[1], one.told[1]]).toEqual([['WL-1=2', 'WL-2=7!3'], ['WL-2=7!3']]);
  });

  test('windows that come in one round are sent the same bytes, and nothing that changed then is missing with its end', () => {
    const { clock, telemetry, push } = rig();
    push([obs('WL-1', T, 1)]);
    const first = watchAs(telemetry);
    push([obs('WL-1', T + 1, 2), obs('WL-2', T, 5)]);
    const second = watchAs(telemetry);
    expect(second.bytes[0]).toBe(first.bytes[0]);
    clock.advanceSync(250);
    for (const { told } of [first, second]) expect(told).toEqual([['WL-1=1'], ['WL-1=2', 'WL-2=5']]);
    expect(watchAs(telemetry).told).toEqual([['WL-1=2', 'WL-2=5']]);
  });

  test('windows that are not behind are sent one and the same frame', () => {
    const { clock, telemetry, push } = rig();
    const windows = [watchAs(telemetry), watchAs(telemetry), watchAs(telemetry)];
    push([obs('WL-1', T, 1)]);
    clock.advanceSync(250);
    expect(new Set(windows.map(({ bytes }) => bytes[1])).size).toBe(1);
  });

  test('a window without room loses frames, and has what changed meanwhile, once, when it has read on', () => {
    const { clock, telemetry, push } = rig();
    const { told, window } = watchAs(telemetry);
    window.room = false;
    for (let i = 0; i < 8; i++) {
      push(i < 3 ? [obs('WL-1', T + i, i)] : [obs('WL-2', T + i, i)]);
      clock.advanceSync(250);
    }
    expect(told).toHaveLength(1);
    expect(window.skipped).toBe(8);
    window.room = true;
    clock.advanceSync(250);
    expect(told.slice(1)).toEqual([['WL-1=2', 'WL-2=7']]);
    clock.advanceSync(5000);
    expect(told).toHaveLength(2);
  });

  test('the directory has a version of its own content', () => {
    const { version, sensors } = rig().telemetry.sensorDirectory();
    expect(rig().telemetry.sensorDirectory()).toEqual({ version, sensors });
    expect(sensors[1]).toMatchObject({ id: 'WL-2', kind: 'water-level', unit: 'm', place: { lon: 121.9, lat: 29.2 } });
  });

  test('a rule hears every newer value of its sensor as it arrives, and its fault is its own', () => {
    const { telemetry, push, warnings } = rig();
    const heard: number[] = [];
    telemetry.onSensor('WL-1', () => {
      throw new Error('rule broke');
    });
    const stop = telemetry.onSensor('WL-1', (o) => heard.push(o.value));
    push([obs('WL-1', T, 1), obs('WL-2', T, 5), obs('WL-1', T + 1, 2), obs('WL-1', T - 1, 3)]);
    expect(heard).toEqual([1, 2]);
    expect(warnings).toHaveLength(2);
    stop();
    push([obs('WL-1', T + 9, 4)]);
    expect(heard).toHaveLength(2);
  });
});

describe('units', () => {
  /** A window that reads everything, and what it was told. */
  function follow({ telemetry }: Pick<ReturnType<typeof rig>, 'telemetry'>, room = () => true) {
    const frames: UnitsFrame[] = [];
    const stop = telemetry.watchUnits({
      room,
      skipped: () => undefined,
      push: (frame) => void frames.push(decodeUnits(frame)),
    });
    const told = () => frames.map((frame) => Array.from({ length: frame.count }, (_, i) => frame.at(i).index));
    return { frames, told, stop };
  }

  test('nobody watches: no frame is made; somebody comes: all at once, then those that moved, each every two seconds', () => {
    const hall = rig();
    const { clock, push } = hall;
    push([], [report('U-3', T, 121.5), report('U-1', T - 5, 120)]);
    clock.advanceSync(1500);
    const { frames, told, stop } = follow(hall);
    expect(frames[0]).toMatchObject({ count: 2, newestAt: T, whole: true });
    expect(frames[0]?.at(0)).toMatchObject({ index: 0, lon: 120, age: 2 });
    expect(frames[0]?.at(1)).toMatchObject({ index: 2, lon: 121.5, heading: 90, status: 'enroute' });
    clock.advanceSync(10_000);
    const before = told().length;
    for (let i = 1; i <= 100; i++) {
      push([], [report('U-1', T + i, 120 + i * 1e-4)]);
      clock.advanceSync(100);
    }
    const of = told().slice(before).flat();
    expect(of).toEqual([0, 0, 0, 0, 0]);
    expect(frames.slice(1).some(({ whole }) => whole)).toBe(false);
    stop();
    push([], [report('U-1', T + 999)]);
    const heard = frames.length;
    clock.advanceSync(3000);
    expect(frames).toHaveLength(heard);
  });

  test('O11 a unit that stands is told of every ten seconds while it reports; one whose status is another, or that drives off, at once', () => {
    const hall = rig();
    const { clock, push } = hall;
    push([], [report('U-1', T)]);
    const { told } = follow(hall);
    const during = (ms: number, say: (i: number) => void) => {
      const before = told().length;
      for (let i = 1; i <= ms / 1000; i++) {
        say(i);
        clock.advanceSync(1000);
      }
      return told().slice(before).flat().length;
    };
    during(20_000, (i) => push([], [report('U-1', T + i)]));
    expect(during(30_000, (i) => push([], [report('U-1', T + 100 + i)]))).toBe(3);
    push([], [{ ...report('U-1', T + 200), status: 'busy' }]);
    expect(during(1000, () => undefined)).toBe(1);
    push([], [{ ...report('U-1', T + 201, 121.001), status: 'busy' }]);
    expect(during(2000, () => undefined)).toBe(1);
  });

  test('while nothing is told of, a frame of none comes every second: the window knows that it is not behind', () => {
    const hall = rig();
    const { frames } = follow(hall);
    hall.clock.advanceSync(5000);
    expect(frames.slice(1).map(({ count }) => count)).toEqual([0, 0, 0, 0, 0]);
  });

  test('a window that is behind is told in one frame of all that it missed, as it is then', () => {
    const hall = rig();
    const { clock, push } = hall;
    push([], [report('U-1', T), report('U-2', T), report('U-3', T)]);
    let room = true;
    const { frames } = follow(hall, () => room);
    clock.advanceSync(1000);
    room = false;
    const before = frames.length;
    for (let i = 1; i <= 20; i++) {
      push([], [report('U-1', T + i, 120 + i / 100), report('U-3', T + i, 122)]);
      clock.advanceSync(1000);
    }
    expect(frames).toHaveLength(before);
    room = true;
    clock.advanceSync(200);
    expect(frames).toHaveLength(before + 1);
    const [frame] = frames.slice(before);
    expect([frame?.count, frame?.whole]).toEqual([2, false]);
    expect(frame?.at(0)).toMatchObject({ index: 0, lon: 120.2 });
    expect(frame?.at(1)).toMatchObject({ index: 2, lon: 122 });
  });

  test('a window that wants to hear seldom is told in one frame of all that moved meanwhile, and counts as behind for none', () => {
    const hall = rig();
    const { clock, push } = hall;
    push([], [report('U-1', T), report('U-3', T)]);
    const others = follow(hall);
    const times: number[] = [];
    const told: number[][] = [];
    let skipped = 0;
    hall.telemetry.watchUnits({
      every: 2000,
      room: () => true,
      skipped: () => void skipped++,
      push(frame) {
        const { count, at } = decodeUnits(frame);
        times.push(clock.now() - T);
        told.push(Array.from({ length: count }, (_, i) => at(i).index).sort());
      },
    });
    for (let i = 1; i <= 100; i++) {
      push([], [report('U-1', T + i, 120 + i / 1000), report('U-3', T + i, 122 + i / 1000)]);
      clock.advanceSync(100);
    }
    expect(times).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    expect(told.slice(1)).toEqual([
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 2],
    ]);
    expect(skipped).toBe(0);
    // Nobody else is told less for it.
    expect(others.told().slice(1).flat().sort()).toEqual([0, 0, 0, 0, 0, 2, 2, 2, 2, 2]);
  });

  test('O10 so many windows and units that frames would be too much: they come more seldom, to all alike', () => {
    const hall = rig(noJournal, 200_000, 36);
    const { clock } = hall;
    const times: number[][] = [[], []];
    for (const heard of times)
      hall.telemetry.watchUnits({
        room: () => true,
        skipped: () => undefined,
        push: () => void heard.push(clock.now() - T),
      });
    for (let i = 1; i <= 300; i++) {
      hall.push([], [report('U-1', T + i, 120 + i / 100)]);
      clock.advanceSync(20);
    }
    // Two windows, 36 bytes each: two seconds a frame.
    expect(times[0]).toEqual([0, 200, 2200, 4200]);
    expect(times[1]).toEqual(times[0]);
  });

  test('windows that come at once are sent the same frame, and what moved since with the next', () => {
    const { clock, telemetry, push } = rig();
    const frames: Uint8Array[] = [];
    const watcher = {
      room: () => true,
      skipped: () => undefined,
      push: (frame: Uint8Array) => void frames.push(frame),
    };
    push([], [report('U-1', T, 121)]);
    clock.advanceSync(1000);
    telemetry.watchUnits({ ...watcher });
    push([], [{ ...report('U-1', T + 5, 122), status: 'busy' }]);
    telemetry.watchUnits({ ...watcher });
    expect(frames[1]).toBe(frames[0]);
    clock.advanceSync(200);
    expect(frames).toHaveLength(4);
    expect(decodeUnits(frames[3] ?? new Uint8Array()).at(0).lon).toBe(122);
  });

  test('a late report does not move a unit back', () => {
    const { telemetry, push } = rig();
    push([], [report('U-1', T + 10, 121), report('U-1', T, 120), report('U-9', T, 1)]);
    expect(telemetry.position('U-1')).toEqual({
      lon: 121,
      lat: 29,
      t: T + 10,
      heading: 90,
      speed: 5,
      status: 'enroute',
    });
    expect(telemetry.position('U-2')).toBeNull();
    expect(telemetry.position('U-9')).toBeNull();
    expect(telemetry.unitDirectory()[0]).toEqual({ id: 'U-1', callSign: 'U-1', department: 'fire', kind: 'truck' });
    expect(telemetry.directory.hasUnit('U-9')).toBe(false);
    expect(telemetry.directory.hasSensor('WL-2')).toBe(true);
  });
});

describe('pressure', () => {
  test('above the rate feeds are told to wait, and when to go on', async () => {
    const { clock, push, sink } = rig(noJournal, 1000);
    const batch = Array.from({ length: 100 }, (_, i) => obs('WL-1', T + i, i));
    expect(push(batch).slow).toBe(true);
    let ready = false;
    void sink.ready().then(() => {
      ready = true;
    });
    await clock.advance(49);
    expect(ready).toBe(false);
    await clock.advance(1);
    expect(ready).toBe(true);
    expect(push(batch.slice(0, 10)).slow).toBe(true);
    await clock.advance(100);
    expect(push(batch.slice(0, 50)).slow).toBe(false);
  });

  test('a journal that does not keep up slows the feeds until it does', async () => {
    let pressure = 0.9;
    const { clock, push, telemetry, sink } = rig({ ...noJournal, pressure: () => pressure, dropped: () => 7 });
    expect(push([obs('WL-1', T, 1)]).slow).toBe(true);
    let ready = false;
    void sink.ready().then(() => {
      ready = true;
    });
    await clock.advance(1000);
    expect(ready).toBe(false);
    pressure = 0.1;
    await clock.advance(50);
    expect(ready).toBe(true);
    expect(telemetry.dropped()).toBe(7);
  });

  test('a flood is written out before its quarter second is over', () => {
    let waiting = 0;
    const { push } = rig({
      ...noJournal,
      observation: () => void waiting++,
      flush: () => {
        waiting = 0;
      },
      pressure: () => waiting / 100,
    });
    for (let i = 0; i < 90; i++) expect(push([obs('WL-1', T + i, i)]).slow).toBe(false);
    expect(waiting).toBeLessThan(26);
  });
});

test('what is written down: every observation, of positions one in ten seconds a unit; commits four times a second', () => {
  const rows: string[] = [];
  let flushes = 0;
  let closed = false;
  const { clock, push, telemetry } = rig({
    ...noJournal,
    observation: (id, t, value, quality) => void rows.push(`${id} ${t - T} ${value} ${quality}`),
    position: (id, t) => void rows.push(`${id} ${t - T}`),
    flush: () => void flushes++,
    close: () => {
      closed = true;
    },
  });
  for (let s = 0; s < 21; s++) {
    push(s === 0 ? [{ ...obs('WL-1', T, 1), quality: 'bad' }, obs('WL-1', T - 5, 2)] : [], [
      report('U-1', T + s * 1000),
    ]);
    clock.advanceSync(1000);
  }
  expect(rows).toEqual(['WL-1 0 1 2', 'WL-1 -5 2 0', 'U-1 0', 'U-1 10000', 'U-1 20000']);
  expect(flushes).toBe(84);
  telemetry.close();
  expect(closed).toBe(true);
  expect(clock.pending).toBe(0);
});

import { createHash } from 'node:crypto';
import type { SensorEntry } from '../../contract/features/sensors.ts';
import { encodeObservations, QUALITY } from '../../contract/observations.ts';
import type { UnitReports } from '../../contract/unitReports.ts';
import { UNIT_STATUSES, type UnitFix } from '../../core/units/unit.ts';
import type { Level } from '../../core/words.ts';
import type { HallCity } from '../city/hallCity.ts';
import { type Clock, every } from '../clock.ts';
import type { Issue } from '../config/issue.ts';
import type {
  Delivered,
  FeedBatch,
  FeedDirectory,
  FeedIdentity,
  FeedSink,
  ObservationReport,
  RecordFault,
} from '../feeds/feed.ts';
import type { Log } from '../log.ts';
import { EXCERPT_CHARS } from '../rejects/rejects.ts';
import { type AheadThing, createAheadThings } from './aheadThings.ts';
import { AHEAD_MS, createIntake, type Intake, type Moment, type Verdict } from './intake.ts';
import type { TelemetryJournal } from './journal.ts';
import { createPace } from './pace.ts';
import { createPositions } from './positions.ts';
import { createReadings } from './readings.ts';
import { createRounds } from './rounds.ts';
import { type SeldomWatcher, seldom } from './seldom.ts';
import { isZoneMistake, spanOf } from './sourceClock.ts';
import { createSteadyClock, type SteadyClock } from './steadyClock.ts';
import { createTrails } from './trails.ts';
import { createUnitFrames, UNITS_MS, type UnitsWatcher } from './unitFrames.ts';

/** The one pace at which a value is on its way to windows. */
const OBSERVATIONS_MS = 250;
const FLUSH_MS = 250;
/** Refused reports of one batch that are described; the rest are counted. */
const DESCRIBED = 20;
/** Share of the journal's buffer; a quarter of 50,000 rows is written in some 15 ms. */
const FLUSH_AT = 0.25;

/** What telemetry is made of. */
export interface TelemetryOptions {
  clock: Clock;
  log: Log;
  city: Pick<HallCity, 'units' | 'sensors'>;
  journal: TelemetryJournal;
  /** Records a second above which feeds are told to wait. Default 200,000. */
  maxPerSecond?: number;
  /** What units frames to all who watch may come to in a second; with more, they come more seldom. Default 160 MB. */
  unitBytesPerSecond?: number;
  /** Ms between two journalled positions of one unit; all are shown, few are kept. Default 10,000. */
  journalPositionsEvery?: number;
}

/** What sensors and units said: the newest in memory, some of it written down. */
export interface Telemetry {
  /** Where one feed delivers to. */
  sinkOf(feed: FeedIdentity): FeedSink;
  /** Things a feed spoke of whose clocks are ahead of the hall's, the worst first. */
  aheadThings(feed: string): AheadThing[];
  /** What feeds may speak of. */
  readonly directory: FeedDirectory;
  /** Every unit, in the order of the indices in a units frame. */
  unitDirectory(): { id: string; callSign: string; department: string; kind: string }[];
  /** Frames (contract/units.ts): what is known at once, then who is due, at most five times a second. Answers the unsubscriber. */
  watchUnits(watcher: UnitsWatcher): () => void;
  /** Newest report of one unit, or null when it was not heard of. */
  position(unit: string): UnitFix | null;
  /** Newest report of one unit and where it was in the minutes before; null when it was not heard of. */
  unitReports(unit: string): UnitReports | null;
  /** Hears of each report of one unit that is newer than the last, as it arrives. Answers the unsubscriber. */
  onUnit(unit: string, listener: () => void): () => void;
  /** Every sensor, in the order of the indices in an observations frame, and which directory this is. */
  sensorDirectory(): { readonly version: number; readonly sensors: readonly SensorEntry[] };
  /** Frames (contract/observations.ts): what is known at once, then what changed, at most four times a second. Answers the unsubscriber. */
  watchObservations(watcher: SeldomWatcher): () => void;
  /** The last values of a sensor, oldest first, at most 120: [wall ms, value]. Null where there is no such sensor. */
  recent(sensor: string): [number, number][] | null;
  /** Every value of one sensor that is newer than the last, as it arrives: for rules. Answers the unsubscriber. */
  onSensor(sensor: string, listener: (observation: ObservationReport) => void): () => void;
  value(sensor: string): ObservationReport | null;
  /** Writes a value of a sensor down for weeks. */
  remember(sensor: string, t: number, value: number): void;
  /** Whether a feed names the sensor as its own: something is to be heard of it. */
  isClaimed(sensor: string): boolean;
  /** The level a rule holds the sensor's value at; travels with the observation. */
  setLevel(sensor: string, level: Level | null): void;
  /** Journal rows dropped since start. */
  dropped(): number;
  /** Stops the timers and closes the journal. */
  close(): void;
}

export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { clock, log, city, journal } = options;
  const spacing = options.journalPositionsEvery ?? 10_000;
  const unitBytesPerSecond = options.unitBytesPerSecond ?? 160_000_000;
  const unitIndex = new Map(city.units.map((unit, i) => [unit.id, i]));
  const sensorIndex = new Map(city.sensors.map((sensor, i) => [sensor.id, i]));
  const sensors: Kind = { what: 'sensor', index: sensorIndex, intake: createIntake(city.sensors.length), claims: [] };
  const units: Kind = { what: 'unit', index: unitIndex, intake: createIntake(city.units.length), claims: [] };
  const feeds: (FeedIdentity & { clock: SteadyClock })[] = [];
  const ahead = createAheadThings();
  const positions = createPositions(city.units.length);
  const trails = createTrails(city.units.length);
  const readings = createReadings(city.sensors.length);
  const sensorDirectory = sensorDirectoryOf(city.sensors);
  const observationRounds = createRounds(city.sensors.length, (indices) =>
    encodeObservations(sensorDirectory.version, readings.columns, indices),
  );
  const unitFrames = createUnitFrames(city.units.length, positions, unitBytesPerSecond, clock);
  const journalledAt = new Float64Array(city.units.length).fill(Number.NEGATIVE_INFINITY);
  const pace = createPace(clock, options.maxPerSecond ?? 200_000, () => journal.pressure() > 0.8);
  /** By the sensor's index. */
  const sensorListeners: (Set<(observation: ObservationReport) => void> | undefined)[] = [];
  /** By the unit's index. */
  const unitListeners: (Set<() => void> | undefined)[] = [];

  /** One listener's fault is its own: the feed and the other listeners go on. */
  const tell = <T>(listener: (it: T) => void, it: T): void => {
    try {
      listener(it);
    } catch (err) {
      log.warn({ err }, 'a listener of telemetry threw');
    }
  };

  const timers = [
    every(clock, UNITS_MS, unitFrames.tick),
    every(clock, OBSERVATIONS_MS, () => void observationRounds.tick()),
    every(clock, FLUSH_MS, () => journal.flush()),
  ];

  const judge = (kind: Kind, i: number, feed: number, t: number, now: Moment): Verdict => {
    const claimed = kind.claims[i];
    if (claimed !== undefined && !claimed.has(feed)) return 'foreign';
    return kind.intake.take(i, feed, t, now, claimed !== undefined);
  };

  const why = (
    { what, claims, intake }: Kind,
    i: number,
    id: string,
    t: number,
    now: Moment,
    verdict: 'ahead' | 'foreign',
  ): Issue => {
    const zh = what === 'sensor' ? '传感器' : '力量';
    if (verdict === 'foreign') {
      const owner = feeds[claims[i]?.values().next().value ?? intake.speaker(i)]?.id ?? '';
      return {
        path: what,
        message: { zh: `${zh} ${id} 由数据源 ${owner} 报送`, en: `${what} ${id} is spoken of by the feed ${owner}` },
        remedy: {
          zh: '请从两个数据源之一中去掉它，或在正确的数据源的配置中写入 owns',
          en: 'Take it out of one of the two sources, or name it under `owns` in the configuration of the right one.',
        },
      };
    }
    const span = spanOf(t - now.wall);
    const zone = isZoneMistake(t - now.wall)
      ? {
          zh: '；数据源可能按当地时间发送，应改为世界协调时',
          en: ' The source may send local time: it has to be UTC.',
        }
      : { zh: '', en: '' };
    return {
      path: `${what}.t`,
      message: {
        zh: `来源时钟超前：${zh} ${id} 的时刻比大厅时钟晚 ${span.zh}`,
        en: `source clock ahead: ${what} ${id} is dated ${span.en} after the hall's clock`,
      },
      remedy: {
        zh: `请校准来源的时钟；若来源准确，请校准本站的时钟${zone.zh}`,
        en: `Set the clock of the source, or of this station if the source is right.${zone.en}`,
      },
    };
  };

  const push = (batch: FeedBatch, feed: number, again = false): Delivered => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const { observations, units: reports } = earlier(
      batch,
      again ? 0 : (feeds[feed]?.clock.heard(batch.sentAt, now) ?? 0),
      now.wall,
    );
    const source = feeds[feed]?.id ?? '';
    const faults: RecordFault[] = [];
    let late = 0;
    let rejected = 0;
    let known = 0;
    /** Of what is put through again: whether it is there already, as this feed said it. */
    const isKnown = ({ intake }: Kind, i: number, t: number): boolean =>
      again && intake.newest(i) === t && intake.speaker(i) === feed;
    const refuse = (kind: Kind, i: number, id: string, report: { t: number }, verdict: 'ahead' | 'foreign') => {
      rejected++;
      if (verdict === 'ahead') ahead.note(source, id, report.t - now.wall, now.monotonic);
      if (rejected > DESCRIBED) return;
      const excerpt = JSON.stringify(report).slice(0, EXCERPT_CHARS);
      faults.push({ ...why(kind, i, id, report.t, now, verdict), excerpt });
    };
    for (const o of observations) {
      const i = sensorIndex.get(o.sensor);
      if (i === undefined) continue;
      if (isKnown(sensors, i, o.t)) {
        known++;
        continue;
      }
      const verdict = judge(sensors, i, feed, o.t, now);
      if (verdict === 'ahead' || verdict === 'foreign') {
        refuse(sensors, i, o.sensor, o, verdict);
        continue;
      }
      journal.observation(o.sensor, o.t, o.value, QUALITY.indexOf(o.quality));
      if (verdict === 'late') {
        late++;
        continue;
      }
      ahead.right(source, o.sensor);
      readings.take(i, o);
      observationRounds.changed(i);
      const listeners = sensorListeners[i];
      if (listeners !== undefined) for (const listener of listeners) tell(listener, o);
    }
    for (const u of reports) {
      const i = unitIndex.get(u.unit);
      if (i === undefined) continue;
      if (isKnown(units, i, u.t)) {
        known++;
        continue;
      }
      const verdict = judge(units, i, feed, u.t, now);
      if (verdict === 'ahead' || verdict === 'foreign') refuse(units, i, u.unit, u, verdict);
      if (verdict === 'late') late++;
      if (verdict !== 'taken') continue;
      ahead.right(source, u.unit);
      positions.take(i, u, now.monotonic);
      trails.take(i, u, now.monotonic);
      unitFrames.reported(i);
      const listeners = unitListeners[i];
      if (listeners !== undefined) for (const listener of listeners) tell(listener, undefined);
      if (now.monotonic - (journalledAt[i] ?? 0) < spacing) continue;
      journalledAt[i] = now.monotonic;
      journal.position(u.unit, u.t, u.lon, u.lat, u.heading, u.speed, UNIT_STATUSES.indexOf(u.status));
    }
    // A flood is written out at once, in pieces small enough not to be felt, instead of waiting for its quarter second.
    if (journal.pressure() > FLUSH_AT) journal.flush();
    return {
      slow: pace.take(observations.length + reports.length) === 'slow',
      rejected,
      late,
      faults,
      ...(again ? { known } : {}),
    };
  };

  return {
    sinkOf(feed) {
      const number = feeds.push({ ...feed, clock: createSteadyClock() }) - 1;
      claim(sensors, feed, number);
      claim(units, feed, number);
      return { push: (batch, again) => push(batch, number, again), ready: () => pace.ready() };
    },
    aheadThings: (feed) => ahead.of(feed, clock.monotonic()),
    directory: { hasSensor: (id) => sensorIndex.has(id), hasUnit: (id) => unitIndex.has(id) },
    unitDirectory: () => city.units.map(({ id, callSign, department, kind }) => ({ id, callSign, department, kind })),
    watchUnits: unitFrames.watch,
    position: (unit) => positions.at(unitIndex.get(unit) ?? -1),
    unitReports(unit) {
      const i = unitIndex.get(unit) ?? -1;
      const newest = positions.at(i);
      return newest && { newest, trail: trails.of(i) };
    },
    onUnit(unit, listener) {
      const i = unitIndex.get(unit);
      if (i === undefined) return () => undefined;
      const set = unitListeners[i] ?? new Set();
      unitListeners[i] = set.add(listener);
      return () => set.delete(listener);
    },
    sensorDirectory: () => sensorDirectory,
    watchObservations: (watcher) => observationRounds.watch(seldom(clock, watcher, OBSERVATIONS_MS)),
    recent(sensor) {
      const i = sensorIndex.get(sensor);
      return i === undefined ? null : readings.recent(i);
    },
    onSensor(sensor, listener) {
      const i = sensorIndex.get(sensor);
      if (i === undefined) return () => undefined;
      const set = sensorListeners[i] ?? new Set();
      sensorListeners[i] = set.add(listener);
      return () => set.delete(listener);
    },
    value(sensor) {
      const i = sensorIndex.get(sensor) ?? -1;
      if (!readings.isHeard(i)) return null;
      const { value, t, quality } = readings.columns;
      return { sensor, t: t[i] ?? 0, value: value[i] ?? 0, quality: QUALITY[quality[i] ?? 0] ?? 'good' };
    },
    remember: journal.sample,
    isClaimed(sensor) {
      const i = sensorIndex.get(sensor);
      return i !== undefined && sensors.claims[i] !== undefined;
    },
    setLevel(sensor, level) {
      const i = sensorIndex.get(sensor) ?? -1;
      if (readings.setLevel(i, level) && readings.isHeard(i)) observationRounds.changed(i);
    },
    dropped: () => journal.dropped(),
    close() {
      for (const cancel of timers) cancel();
      journal.close();
    },
  };
}

/** What windows are told of the sensors themselves; another version says that something of it is another. */
function sensorDirectoryOf(from: HallCity['sensors']): { version: number; sensors: SensorEntry[] } {
  const sensors = from.map(({ id, kind, zh, en, unit, lon, lat }) => ({
    ...{ id, kind, name: { zh, en }, unit, place: { lon, lat } },
  }));
  return { version: createHash('sha256').update(JSON.stringify(sensors)).digest().readUInt32LE(0), sensors };
}

/** The batch with so many ms taken off the times that are ahead: a device may be right though what gathers its reports is not. */
function earlier(batch: FeedBatch, ms: number, wall: number): FeedBatch {
  if (ms === 0) return batch;
  const back = <T extends { t: number }>(report: T): T =>
    report.t > wall + AHEAD_MS ? { ...report, t: report.t - ms } : report;
  return { ...batch, observations: batch.observations.map(back), units: batch.units.map(back) };
}

/** Sensors, or units: where each stands in the directory, what was taken of it, and the feeds that claim it. */
interface Kind {
  what: 'sensor' | 'unit';
  index: ReadonlyMap<string, number>;
  intake: Intake;
  claims: (Set<number> | undefined)[];
}

function claim(kind: Kind, { owns }: FeedIdentity, feed: number): void {
  if (owns.length === 0) return;
  const ids = new Set(owns);
  const beginnings = owns.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1));
  for (const [id, i] of kind.index) {
    if (!ids.has(id) && !beginnings.some((beginning) => id.startsWith(beginning))) continue;
    kind.claims[i] = (kind.claims[i] ?? new Set()).add(feed);
  }
}

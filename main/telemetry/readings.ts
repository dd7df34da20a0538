import type { ObservationView } from '../../contract/schema/station.ts';
import type { CitySensor } from '../../core/places/city.ts';
import type { ObservationReport } from '../feeds/feed.ts';

/** Values kept of a sensor for its curve on the screen. */
const RECENT = 120;

type Level = ObservationView['level'];

/** The newest measurement of every sensor and its last 120. */
export interface Readings {
  /** False when the report is late or the sensor unknown. */
  take(report: ObservationReport): boolean;
  value(sensor: string): ObservationReport | null;
  /** Level at which a rule holds the sensor's value now; shown beside the value. */
  setLevel(sensor: string, level: Level): void;
  /** Of every sensor heard of. */
  all(): ObservationView[];
  /** Of those that changed since this was last asked. */
  changed(): ObservationView[];
}

interface Reading {
  sensor: CitySensor;
  newest: ObservationReport | null;
  recent: [number, number][];
  level: Level;
}

export function createReadings(sensors: readonly CitySensor[]): Readings {
  const readings = new Map<string, Reading>(
    sensors.map((sensor) => [sensor.id, { sensor, newest: null, recent: [], level: null }]),
  );
  const dirty = new Set<Reading>();
  const views = (of: Iterable<Reading>) => [...of].flatMap((r) => viewOf(r) ?? []);
  return {
    take(report) {
      const reading = readings.get(report.sensor);
      if (reading === undefined || (reading.newest !== null && report.t < reading.newest.t)) return false;
      dirty.add(reading);
      if (report.quality === 'bad') {
        // No measurement: the last one stands beside what its source now says of it (O7).
        reading.newest = { ...(reading.newest ?? report), quality: 'bad' };
        return true;
      }
      const again = reading.recent.at(-1)?.[0] === report.t;
      reading.newest = report;
      if (again) reading.recent.pop();
      reading.recent.push([report.t, report.value]);
      if (reading.recent.length > RECENT) reading.recent.shift();
      return true;
    },
    value: (sensor) => readings.get(sensor)?.newest ?? null,
    setLevel(sensor, level) {
      const reading = readings.get(sensor);
      if (reading === undefined || reading.level === level) return;
      reading.level = level;
      dirty.add(reading);
    },
    all: () => views(readings.values()),
    changed() {
      const list = views(dirty);
      dirty.clear();
      return list;
    },
  };
}

function viewOf({ sensor, newest, recent, level }: Reading): ObservationView | null {
  if (newest === null) return null;
  return {
    sensor: sensor.id,
    kind: sensor.kind,
    name: { zh: sensor.zh, en: sensor.en },
    unit: sensor.unit,
    value: newest.value,
    quality: newest.quality,
    t: newest.t,
    place: { lon: sensor.lon, lat: sensor.lat },
    level,
    recent: recent.slice(),
  };
}

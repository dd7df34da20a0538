import type { ObservationView } from '../../contract/features/sensors.ts';
import type { CitySensor } from '../../core/places/city.ts';
import type { ObservationReport } from '../feeds/feed.ts';

/** Values kept of a sensor for its curve on the screen. */
const RECENT = 120;

type Level = ObservationView['level'];

/** The newest measurement of every sensor and its last 120. */
export interface Readings {
  /** Takes a report as the newest of its sensor. @param index the sensor's place in the directory. */
  take(index: number, report: ObservationReport): void;
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
  const list = sensors.map((sensor): Reading => ({ sensor, newest: null, recent: [], level: null }));
  const readings = new Map(list.map((reading) => [reading.sensor.id, reading]));
  const dirty = new Set<Reading>();
  const views = (of: Iterable<Reading>) => [...of].flatMap((r) => viewOf(r) ?? []);
  return {
    take(index, report) {
      const reading = list[index];
      if (reading === undefined) return;
      dirty.add(reading);
      if (report.quality === 'bad') {
        // No measurement: the last one stands beside what its source now says of it (O7).
        reading.newest = { ...(reading.newest ?? report), quality: 'bad' };
        return;
      }
      reading.newest = report;
      // The curve is in order of time; what lies after the newest was said by a clock that has been set back since.
      while ((reading.recent.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY) >= report.t) reading.recent.pop();
      reading.recent.push([report.t, report.value]);
      if (reading.recent.length > RECENT) reading.recent.shift();
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
      const changed = views(dirty);
      dirty.clear();
      return changed;
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

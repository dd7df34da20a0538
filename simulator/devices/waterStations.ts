import type { CitySensor } from '../../core/places/city.ts';
import type { Clock } from '../../main/clock.ts';
import { dialling } from './dialling.ts';
import { sl651Report } from './sl651.ts';
import type { DepartmentSystem } from './system.ts';

/** Drills flood this gauge's underpass within seconds, and an SL 651 report says minutes. */
const BY_THE_SECOND = 'WL-001';
const MINUTE_MS = 60_000;
/** A level that differs by so many mm from the one that was reported is reported between the minutes. */
const CHANGE_MM = 10;

/** Water gauges, which a gateway brings by SL 651 to a port of the hall's: each minute, and when the level changes. */
export function createWaterStations(
  sensors: readonly CitySensor[],
  { port, secret }: { port: number; secret: string },
  clock: Clock,
): DepartmentSystem {
  // Another in each world: stations that dial another one's port are turned away there.
  const password = secret.slice(0, 4);
  const stations = new Map(
    sensors
      .filter(({ id, kind }) => kind === 'water-level' && id !== BY_THE_SECOND)
      .map(({ id }, i) => [id, String(i + 1).padStart(10, '0')]),
  );
  /** What was reported last on this line, by sensor. */
  const reported = new Map<string, { minute: number; mm: number }>();
  const line = dialling(port, clock, { open: () => reported.clear() });
  let serial = 0;
  return {
    feed: {
      ...{ id: 'water-stations', protocol: 'sl651', name: { zh: '水文遥测站', en: 'Water gauging stations' } },
      ...{ listen: `127.0.0.1:${port}`, silentAfter: 150 },
      devices: [...stations].map(([sensor, device]) => ({ device, password, readings: { 39: sensor } })),
    },
    has: (id) => stations.has(id),
    say(observations) {
      for (const { sensor, t, value } of observations) {
        const station = stations.get(sensor);
        if (station === undefined) continue;
        const minute = Math.floor(t / MINUTE_MS);
        const mm = Math.round(value * 1000);
        const last = reported.get(sensor);
        const due = minute !== last?.minute;
        if (!due && Math.abs(mm - last.mm) < CHANGE_MM) continue;
        reported.set(sensor, { minute, mm });
        const kind = due ? 'timed' : 'extra';
        line.say(sl651Report(station, serial++ % 0x1_0000, t, value, { password, kind }));
      }
    },
    close: line.close,
  };
}

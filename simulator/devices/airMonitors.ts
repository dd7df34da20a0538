import type { CitySensor } from '../../core/places/city.ts';
import type { Clock } from '../../main/clock.ts';
import { dialling } from './dialling.ts';
import { hj212Upload } from './hj212.ts';
import type { DepartmentSystem } from './system.ts';

/** PM2.5 (HJ 212-2017, annex B). */
const PARTICULATES = 'a34004';

/** Air monitors, which a gateway brings by HJ 212 to a port of the hall's. */
export function createAirMonitors(
  sensors: readonly CitySensor[],
  { port, secret }: { port: number; secret: string },
  clock: Clock,
): DepartmentSystem {
  // Another in each world: monitors that dial another one's port are turned away there.
  const password = String(Number.parseInt(secret.slice(0, 8), 16) % 1_000_000).padStart(6, '0');
  const monitors = new Map(
    sensors.filter(({ kind }) => kind === 'air').map(({ id }, i) => [id, String(i + 1).padStart(24, '0')]),
  );
  const line = dialling(port, clock);
  return {
    feed: {
      ...{ id: 'air-monitors', protocol: 'hj212', name: { zh: '空气质量监测站', en: 'Air quality monitors' } },
      ...{ listen: `127.0.0.1:${port}`, silentAfter: 15 },
      devices: [...monitors].map(([sensor, device]) => ({
        ...{ device, password, readings: { [PARTICULATES]: sensor } },
      })),
    },
    has: (id) => monitors.has(id),
    say(observations) {
      for (const { sensor, t, value } of observations) {
        const mn = monitors.get(sensor);
        if (mn !== undefined) line.say(hj212Upload({ mn, password }, t, { [PARTICULATES]: String(value) }, 4));
      }
    },
    close: line.close,
  };
}

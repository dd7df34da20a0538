import { idMatches, valueAt } from '../core/drills/curve.ts';
import type { DrillWeather } from '../core/drills/script.ts';
import type { City, CitySensor } from '../core/places/city.ts';
import { chance } from './chance.ts';

/** What a kind of sensor says on an ordinary day: middle, slow swing, flicker, decimals. */
const ORDINARY: Readonly<Record<CitySensor['kind'], { mid: number; swing: number; noise: number; digits: number }>> = {
  rain: { mid: 0, swing: 0, noise: 0, digits: 1 },
  'water-level': { mid: 0.05, swing: 0.02, noise: 0.003, digits: 3 },
  gas: { mid: 0.4, swing: 0.2, noise: 0.1, digits: 1 },
  wind: { mid: 3.5, swing: 1.5, noise: 0.8, digits: 1 },
  air: { mid: 52, swing: 14, noise: 2, digits: 0 },
};
const SWING_SECONDS = 900;

/** One value of one sensor, as docs/protocols/ws-json.md has it. */
export interface Observation {
  readonly sensor: string;
  /** Wall ms. */
  readonly t: number;
  readonly value: number;
  readonly quality: 'good';
}

/** What every sensor says at a moment. */
export interface Weather {
  /**
   * @param second seconds since the city began to live, for the flicker.
   * @param drill drill second, or null before the drill: scripted sensors then stand at the beginning of their curve.
   */
  observations(second: number, drill: number | null, t: number): Observation[];
}

export function createWeather(city: Pick<City, 'sensors'>, seed: number, script: DrillWeather | null): Weather {
  const sensors = city.sensors.map((sensor, i) => ({
    sensor,
    i,
    curve: script?.sensors.find(({ ids }) => ids.some((id) => idMatches(id, sensor.id))) ?? null,
    silences: (script?.injects ?? []).filter(({ silence }) => silence?.ids.some((id) => idMatches(id, sensor.id))),
  }));
  return {
    observations(second, drill, t) {
      const list: Observation[] = [];
      for (const { sensor, i, curve, silences } of sensors) {
        const at = drill ?? 0;
        const silent = silences.some((s) => drill !== null && at >= s.at && at < s.at + (s.silence?.for ?? 0));
        if (silent) continue;
        const { mid, swing, noise, digits } = ORDINARY[sensor.kind];
        const flicker = 2 * chance(seed, i, Math.floor(second), 9) - 1;
        const phase = second / SWING_SECONDS + chance(seed, i, 10);
        const value =
          curve === null
            ? mid + swing * Math.sin(2 * Math.PI * phase) + noise * flicker
            : valueAt(curve.curve, at) + curve.noise * flicker;
        const scale = 10 ** digits;
        list.push({ sensor: sensor.id, t, value: Math.max(0, Math.round(value * scale) / scale), quality: 'good' });
      }
      return list;
    },
  };
}

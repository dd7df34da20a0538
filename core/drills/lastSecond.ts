import type { DrillWeather } from './script.ts';

/** The drill second after which nothing more is scripted. */
export function lastSecond({ sensors, injects }: Pick<DrillWeather, 'sensors' | 'injects'>): number {
  const curves = sensors.map(({ curve }) => curve.at(-1)?.[0] ?? 0);
  const told = injects.map(({ at, silence }) => at + (silence?.for ?? 0));
  return Math.max(0, ...curves, ...told);
}

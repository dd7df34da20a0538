import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../../../scripts/project.ts';
import type { Effort } from './sizes.ts';

/** Ids of the gauges that the measurements speak for. */
export const gaugeId = (i: number): string => `GB-${String(i).padStart(5, '0')}`;
export const unitId = (i: number): string => `UB-${String(i).padStart(5, '0')}`;

/** Lays the product's resources with a city of so many more gauges and units into a folder. */
export function bigCity(to: string, { gauges, units }: Pick<Effort, 'gauges' | 'units'>): void {
  cpSync(inProject('resources'), to, { recursive: true });
  const add = (file: string, things: readonly object[]) => {
    const path = join(to, 'city', file);
    writeFileSync(path, JSON.stringify([...(JSON.parse(readFileSync(path, 'utf8')) as object[]), ...things]));
  };
  add(
    'sensors.json',
    Array.from({ length: gauges }, (_, i) => {
      const name = { zh: `第${i}号水位站`, en: `Gauge ${i}` };
      const at = { lon: 121.8 + (i % 100) * 0.002, lat: 29.1 + Math.floor(i / 100) * 0.002 };
      return { id: gaugeId(i), kind: 'water-level', unit: 'm', ...name, ...at, place: name };
    }),
  );
  const { nodes } = JSON.parse(readFileSync(join(to, 'city', 'graph.json'), 'utf8')) as { nodes: unknown[] };
  add(
    'units.json',
    Array.from({ length: units }, (_, i) => {
      const home = (i * 31) % nodes.length;
      return { id: unitId(i), callSign: `巡${i}`, department: 'police', kind: 'car', capability: [], home };
    }),
  );
}

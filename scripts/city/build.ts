import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CITY_SEED, type GeneratedCity, generateCity } from './generate.ts';

/** The city's files by name. */
export function cityFiles({ city, basemap }: GeneratedCity): Map<string, string> {
  const files = new Map<string, string>();
  const { meta, cells, ...parts } = city;
  files.set('city.json', `${JSON.stringify(meta, null, 1)}\n`);
  files.set('cells.json', `${JSON.stringify(cells)}\n`);
  for (const [name, part] of Object.entries(parts)) files.set(`${name}.json`, `${JSON.stringify(part)}\n`);
  for (const [name, features] of Object.entries(basemap)) {
    files.set(`${name}.geojson`, `${JSON.stringify({ type: 'FeatureCollection', features })}\n`);
  }
  return files;
}

/** Writes the city's files into a folder, which is made if need be. Returns how many bytes. */
export function buildCity(out: string, seed = CITY_SEED): number {
  mkdirSync(out, { recursive: true });
  let bytes = 0;
  for (const [name, text] of cityFiles(generateCity(seed))) {
    writeFileSync(join(out, name), text);
    bytes += Buffer.byteLength(text);
  }
  return bytes;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: 'resources/city' }, seed: { type: 'string' } },
  });
  const seed = values.seed === undefined ? CITY_SEED : Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed must be a whole number, not "${values.seed}".`);
  const bytes = buildCity(values.out, seed);
  console.log(`drill city written to ${values.out} (${(bytes / 1e6).toFixed(1)} MB)`);
}

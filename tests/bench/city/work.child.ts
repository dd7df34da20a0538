import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { importMap } from '../../../main/basemap/importMap.ts';
import { planComponents } from '../../../main/city/components/planComponents.ts';

/** Works that are measured in a process of their own: what they take of memory is theirs alone. */
const WORKS: Readonly<Record<string, (file: string, dataDir: string) => Promise<unknown>>> = {
  /** Reads a table, and does nothing with its rows. */
  read: (file) => pipeline(createReadStream(file), parse({ on_record: () => null }).resume()),
  async components(file, dataDir) {
    const plan = await planComponents({ dataDir, file, options: { crs: 'wgs84' } });
    plan.put();
  },
  map: (file, dataDir) => importMap({ file, dataDir, now: Date.now() }),
};

const [name = '', file = '', dataDir = ''] = process.argv.slice(2);
const began = performance.now();
await WORKS[name]?.(file, dataDir);
const seconds = (performance.now() - began) / 1000;
console.log(`took ${JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 })}`);

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Text } from '../../core/words.ts';
import { BasemapFault } from '../../main/basemap/archive/fault.ts';
import { importMap } from '../../main/basemap/importMap.ts';
import { OsmFileError } from '../../main/basemap/osm/osmFileError.ts';
import { readHallArguments } from '../../main/options.ts';
import { Refusal, say } from '../project.ts';

const USAGE = 'npm run hall -- import map FILE --data FOLDER';

/** Makes the map of a hall of an OpenStreetMap extract or of tiles. Ctrl-C gives it up, and leaves the map as it was. */
export async function importMapCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, lang: { type: 'string', default: 'zh-CN' } },
  });
  const [name] = positionals;
  if (name === undefined || values.data === undefined) throw new Refusal(USAGE);
  const file = resolve(name);
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`);
  const { data: dataDir } = readHallArguments(['--data', values.data]);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}: make one with "npm run hall -- init".`);
  const text = ({ zh, en }: Text) => (values.lang === 'en' ? en : zh);
  const stop = new AbortController();
  const giveUp = () => stop.abort();
  process.once('SIGINT', giveUp);
  let told = -1;
  try {
    const { basemap, tiles, found, leftOut } = await importMap({
      ...{ file, dataDir, now: Date.now(), signal: stop.signal },
      onProgress(share) {
        const percent = Math.floor(share * 20) * 5;
        if (percent > told) say(`  ${percent} %`);
        told = Math.max(told, percent);
      },
    });
    const [west, south, east, north] = basemap.bounds.map((degrees) => degrees.toFixed(4));
    say(`${file}: ${tiles} tiles of ${west}, ${south} to ${east}, ${north}`);
    if (found) say(`  ${found.roads} stretches of road, ${found.places} places by name`);
    for (const { what, why, count } of leftOut) say(`  ${count} × ${what}: ${text(why)}`);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) throw new Refusal('Given up; the map is as it was.');
    if (error instanceof BasemapFault || error instanceof OsmFileError) throw new Refusal(text(error.text));
    throw error;
  } finally {
    process.off('SIGINT', giveUp);
  }
}

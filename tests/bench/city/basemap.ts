import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult } from '../../../scripts/bench-report.ts';
import { inProject, say } from '../../../scripts/project.ts';
import { createScratch } from '../../support/scratch.ts';
import { CACHE } from '../scale/generate.ts';
import { writeExtract } from './extract.ts';
import { inProcess } from './inProcess.ts';

/** Where Debian's package has its examples; TILEMAKER_EXAMPLES names another folder. */
const EXAMPLES = '/usr/share/doc/tilemaker/examples';
const MEMORY = { most: 2048, of: 'value' } as const;

/**
 * `basemap`: an extract that is made for it into the hall's own map, tiles with roads and names, against Debian's tilemaker, which makes tiles alone, where it is
 * installed; `/memory` of it; `basemap-monaco` the same of a real one, which tilemaker does not read as it is packed.
 *
 * @param megabytes of the extract
 */
export async function basemap(megabytes: number): Promise<BenchResult[]> {
  const scratch = createScratch();
  try {
    mkdirSync(CACHE, { recursive: true });
    const extract = join(CACHE, `town-${megabytes}.osm.pbf`);
    if (!existsSync(extract)) writeExtract(extract, megabytes * 1e6);
    const took = await inProcess('map', extract, scratch.folder());
    const size = Math.round(statSync(extract).size / 1e6);
    const peer = tilemaker(extract, scratch.folder('bench'));
    if (peer === null)
      say('  (tilemaker is not installed: nothing to compare with; "apt-get install tilemaker" has it)');
    return [
      {
        ...{
          id: 'basemap',
          what: `an extract of ${size} MB into tiles, roads and names`,
          value: took.seconds,
          unit: 's',
        },
        // Without anything beside it nothing is met or missed.
        ...(peer === null
          ? {}
          : { against: peer, ratio: took.seconds / peer, limit: { most: 3, of: 'ratio' } as const }),
      },
      { id: 'basemap/memory', what: '  memory of it', value: took.megabytes, unit: 'MB', limit: MEMORY },
      ...(await monaco(scratch.folder())),
    ];
  } finally {
    await scratch.clear();
  }
}

async function monaco(dataDir: string): Promise<BenchResult[]> {
  const id = 'basemap-monaco';
  const what = 'Monaco into tiles, roads and names';
  const file = inProject('../shared/data/osm/monaco.osm.gz');
  if (!existsSync(file)) {
    say(`  (${what}: ../shared/data/osm is not beside this tree)`);
    return [];
  }
  const took = await inProcess('map', file, dataDir);
  return [
    { id, what, value: took.seconds, unit: 's' },
    { id: `${id}/memory`, what: '  memory of it', value: took.megabytes, unit: 'MB', limit: MEMORY },
  ];
}

/** Seconds that tilemaker takes for its schema of OpenMapTiles, but for what it takes from other files than the extract; null where it is not installed. */
function tilemaker(extract: string, folder: string): number | null {
  const examples = process.env.TILEMAKER_EXAMPLES ?? EXAMPLES;
  const example = join(examples, 'config-openmaptiles.json');
  if (!existsSync(example)) return null;
  const { layers, ...config } = JSON.parse(readFileSync(example, 'utf8')) as {
    layers: Record<string, { source?: string }>;
  };
  const own = Object.entries(layers).filter(([, { source }]) => source === undefined);
  const written = join(folder, 'config.json');
  writeFileSync(written, JSON.stringify({ ...config, layers: Object.fromEntries(own) }));
  const args = ['--input', extract, '--output', join(folder, 'town.mbtiles'), '--config', written];
  const began = performance.now();
  execFileSync('tilemaker', [...args, '--process', join(examples, 'process-openmaptiles.lua')], { stdio: 'ignore' });
  return (performance.now() - began) / 1000;
}

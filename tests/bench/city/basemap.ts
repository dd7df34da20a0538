import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult } from '../../../scripts/bench-report.ts';
import { inProject, say } from '../../../scripts/project.ts';
import { createScratch } from '../../support/scratch.ts';
import { CACHE } from '../scale/generate.ts';
import { writeExtract } from './extract.ts';
import { inProcess } from './inProcess.ts';

/** Where Debian's package has its example of a style, and what it calls itself. */
const TILEMAKER = {
  config: '/usr/share/tilemaker/config-openmaptiles.json',
  process: '/usr/share/tilemaker/process-openmaptiles.lua',
};
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
    const peer = tilemaker(extract, join(scratch.folder('bench'), 'town.mbtiles'));
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
        ...(peer === null ? {} : { against: peer, ratio: took.seconds / peer }),
        limit: { most: 3, of: 'ratio' },
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

/** Seconds that it takes; null where it is not installed. */
function tilemaker(extract: string, output: string): number | null {
  const began = performance.now();
  const args = ['--input', extract, '--output', output, '--config', TILEMAKER.config, '--process', TILEMAKER.process];
  try {
    execFileSync('tilemaker', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return (performance.now() - began) / 1000;
}

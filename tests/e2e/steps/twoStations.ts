import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { SCENE_NAMES, sceneFile } from '../../../simulator/cameras/scenes.ts';
import { type HallProcess, startHall } from '../../support/hallProcess.ts';
import { until } from '../../support/until.ts';

/** What a station that joins hub A needs: its address, and the two secrets in A's data folder. */
export interface Joining {
  hub: string;
  env: Record<string, string>;
}

export async function joining(dataDir: string, url: string): Promise<Joining> {
  const secret = (name: string): Promise<string> =>
    until(() => (existsSync(join(dataDir, name)) ? readFileSync(join(dataDir, name), 'utf8').trim() : ''), {
      what: name,
    });
  const env = { OPSHALL_HUB_TOKEN: await secret('hub-token'), OPSHALL_CITY_FEED: await secret('city-feed') };
  return { hub: `${url.replace('http', 'ws')}/hub`, env };
}

/** Starts station B beside hall A. Nobody looks at a camera there. */
export function startB(dataDir: string, { hub, env }: Joining): Promise<HallProcess> {
  paintNothing(dataDir);
  return startHall({ dataDir, args: ['--station', 'B', '--hub', hub], env });
}

/**
 * A folder for a test's halls. The drill's scenes take a while to paint on two cores: they are kept between runs and copied
 * in, and painted by the hall itself when they are not there.
 */
export function makeFolder(name: string): { path(sub: string): string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), `opshall-${name}-`));
  return {
    path: (sub) => join(root, sub),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

const SCENES = join(tmpdir(), 'opshall-e2e-scenes');

/** Puts scenes that an earlier test of this machine painted where the hall looks for them. */
export function lendScenes(dataDir: string): void {
  copyScenes(SCENES, dataDir);
}

/** Keeps the scenes a hall has painted for the tests that follow. */
export function keepScenes(dataDir: string): void {
  copyScenes(dataDir, SCENES);
}

/** Copies what is not there yet, each file whole or not at all: another test may be about it at the same moment. */
function copyScenes(from: string, to: string): void {
  for (const scene of SCENE_NAMES) {
    const [source, target] = [sceneFile(from, scene), sceneFile(to, scene)];
    if (!existsSync(source) || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    const unfinished = `${target}.${process.pid}.part`;
    copyFileSync(source, unfinished);
    renameSync(unfinished, target);
  }
}

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Starts station B beside hall A. */
export function startB(dataDir: string, { hub, env }: Joining): Promise<HallProcess> {
  return startHall({ dataDir, args: ['--station', 'B', '--hub', hub], env });
}

/**
 * A folder for a test's halls. The drill's scenes take a while to paint on two cores: they are kept between runs below the
 * project's cache and copied in, and painted by the hall itself when they are not there.
 */
export function makeFolder(name: string): { path(sub: string): string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), `opshall-${name}-`));
  return {
    path: (sub) => join(root, sub),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

export const SCENES = join(tmpdir(), 'opshall-e2e-scenes');

/** Puts scenes that an earlier test of this machine painted where the hall looks for them. */
export function lendScenes(dataDir: string): void {
  if (existsSync(SCENES)) cpSync(SCENES, join(dataDir, 'drill-cameras'), { recursive: true });
}

/** Keeps the scenes a hall has painted for the tests that follow. */
export function keepScenes(dataDir: string): void {
  const painted = join(dataDir, 'drill-cameras');
  if (existsSync(painted)) cpSync(painted, SCENES, { recursive: true });
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files/writeWhole.ts';
import { HALL_YAML } from './hallYaml.ts';
import { isPlayed, SIMULATOR_YAML } from './simulatorYaml.ts';

/** What a folder was run as: a hall whose `hall.yaml` was lost must not be rehearsed in, its ledger is real. */
const RUN_AS = 'profile';
const REAL = 'empty';

/** Whether the live work of a folder is real, rather than played by a simulator. */
function isReal(dataDir: string): boolean {
  if (isPlayed(dataDir)) return false;
  if (existsSync(join(dataDir, HALL_YAML))) return true;
  try {
    return readFileSync(join(dataDir, RUN_AS), 'utf8').trim() === REAL;
  } catch {
    return false; // It was never run, or is not to be read: its start says so.
  }
}

/**
 * Makes a folder that says nothing of itself the product's made-up city, and keeps of one that is real that it is.
 *
 * @throws the system's error
 */
export function settleFolder(dataDir: string, resources: string): void {
  if (!isReal(dataDir)) {
    if (!isPlayed(dataDir))
      writeWhole(join(dataDir, SIMULATOR_YAML), readFileSync(join(resources, SIMULATOR_YAML), 'utf8'));
  } else if (!existsSync(join(dataDir, RUN_AS))) writeWhole(join(dataDir, RUN_AS), `${REAL}\n`);
}

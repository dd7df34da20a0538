import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a hall of a test is: `drill`, its live work is played by the made-up city; `empty`, a real one without anything. */
export type Profile = 'drill' | 'empty';

/** Makes a folder one of a hall like that, whatever else is in it. */
export function settle(dataDir: string, profile: Profile): void {
  mkdirSync(dataDir, { recursive: true });
  if (profile === 'empty') writeFileSync(join(dataDir, 'profile'), 'empty\n');
  else
    copyFileSync(
      resolve(import.meta.dirname, '..', '..', 'resources', 'simulator.yaml'),
      join(dataDir, 'simulator.yaml'),
    );
}

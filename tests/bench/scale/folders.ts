import { constants, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createScratch, type Scratch } from '../../support/scratch.ts';
import { bigLedger, CACHE } from './generate.ts';
import { type Effort, effortOf } from './sizes.ts';

/** The two data folders that everything is measured on, side by side. */
export interface Folders {
  /** A copy of the big ledger. What a measurement writes into it the next one finds. */
  readonly full: string;
  readonly empty: string;
  readonly effort: Effort;
  readonly scratch: Scratch;
}

/** Opens a pair of folders; `scratch.clear()` takes them away. */
export function openFolders(events: number): Folders {
  const from = bigLedger(events);
  const scratch = createScratch();
  // Beside the cache, not in the system's folder: on the same disk a copy of gigabytes may cost nothing.
  const copy = scratch.keep(mkdtempSync(join(CACHE, 'copy-')), (folder) => {
    rmSync(folder, { recursive: true, force: true });
  });
  const [full, empty] = [join(copy, 'full'), join(copy, 'empty')];
  for (const folder of [full, empty]) mkdirSync(folder, { mode: 0o700 });
  for (const file of readdirSync(from)) copyFileSync(join(from, file), join(full, file), constants.COPYFILE_FICLONE);
  return { full, empty, effort: effortOf(events), scratch };
}

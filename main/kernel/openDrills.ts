import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { World } from '../../contract/features/worlds.ts';
import { writeWhole } from '../files/writeWhole.ts';

const OpenDrills = z.object({ version: z.literal(1), open: z.array(World).max(100) });

/** The file that says which drills are open, so that a start after a crash can say which it ended. */
export interface OpenDrillsFile {
  /** Those that were open when the hall ended last. */
  readonly found: readonly World[];
  /** @throws the system's error */
  write(open: readonly World[]): void;
}

export function openDrillsFile(folder: string, log: Logger): OpenDrillsFile {
  const file = join(folder, 'open.json');
  let found: readonly World[] = [];
  try {
    found = OpenDrills.parse(JSON.parse(readFileSync(file, 'utf8'))).open;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ err: error, file }, 'which drills were open when the hall ended last is not known');
  }
  return {
    found,
    write: (open) => writeWhole(file, `${JSON.stringify({ version: 1, open })}\n`),
  };
}

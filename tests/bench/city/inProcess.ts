import { fileURLToPath } from 'node:url';
import { startChild } from '../../support/child.ts';

/** What a piece of work took in a process of its own. */
export interface Took {
  readonly seconds: number;
  /** The most of memory that it had at once, MB. */
  readonly megabytes: number;
}

const PROGRAM = fileURLToPath(new URL('./work.child.ts', import.meta.url));
const PATIENCE_MS = 1_800_000;

/** Has a process of its own do a work of `work.child.ts`. */
export async function inProcess(work: string, ...args: readonly string[]): Promise<Took> {
  const child = startChild(work, process.execPath, [PROGRAM, work, ...args]);
  const [, said = ''] = await child.line(/^took (.*)$/, PATIENCE_MS);
  return JSON.parse(said) as Took;
}

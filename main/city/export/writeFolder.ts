import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeWhole } from '../../files/writeWhole.ts';

/** Whether a folder can be made at a name: nothing is there, or a folder with nothing in it. @throws the system's error. */
export function isFree(dir: string): boolean {
  const there = statSync(dir, { throwIfNoEntry: false });
  return there === undefined || (there.isDirectory() && readdirSync(dir).length === 0);
}

/**
 * Writes a folder whole or not at all: it is made beside, hidden, and takes its name when everything is in it. What a kill left of an earlier
 * one is cleared away.
 *
 * @param files texts by their names
 * @throws the system's error, as when something came into the folder meanwhile.
 */
export function writeFolder(dir: string, files: Readonly<Record<string, string>>): void {
  const prefix = `.${basename(dir)}.opshall-export-`;
  clearLeft(dirname(dir), prefix);
  const beside = join(dirname(dir), `${prefix}${process.pid}`);
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  try {
    for (const [name, text] of Object.entries(files)) writeWhole(join(beside, name), text);
    if (existsSync(dir)) rmdirSync(dir);
    renameSync(beside, dir);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}

/** Takes away what programs that are no more have left here; one that still writes keeps its own. */
function clearLeft(folder: string, prefix: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length));
    if (pid === process.pid || !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

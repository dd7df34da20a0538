import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { importName } from '../import/importedFile.ts';

/** The folder of components within the hall's folder `city`: a file an import. */
export const COMPONENTS = 'components';
const FILE = /\.db$/;
/** Behind the name of what the last import of a name replaced; empty where there was nothing. */
const FORMER = '.former';

const folderOf = (dataDir: string): string => join(dataDir, 'city', COMPONENTS);

/** The files of a hall's folder, by name. */
export function componentFiles(dataDir: string): string[] {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => FILE.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Where an import of components goes, and where it is written before it is whole. Makes the folder. */
export function componentPlace(dataDir: string, source: string): { name: string; target: string; fresh: string } {
  const folder = folderOf(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = importName('components', source);
  const target = join(folder, `${name}.db`);
  return { name, target, fresh: `${target}.fresh` };
}

/** Puts a whole new file in the place of what is there, which is kept for once. A crash leaves the one or the other. */
export function putInPlace({ target, fresh }: { target: string; fresh: string }): void {
  const former = `${target}${FORMER}`;
  rmSync(former, { force: true });
  if (existsSync(target)) {
    try {
      linkSync(target, former);
    } catch {
      copyFileSync(target, former); // A disk without links.
    }
  }
  renameSync(fresh, target);
}

/** Puts back what the last import of a name replaced, or takes it away where there was nothing. Null: there is no such import. */
export function putBack(dataDir: string, name: string): { file: string; removed: boolean } | null {
  const target = join(folderOf(dataDir), `${name}.db`);
  if (!existsSync(target)) return null;
  const former = `${target}${FORMER}`;
  const removed = !existsSync(former);
  if (removed) rmSync(target);
  else renameSync(former, target);
  return { file: target, removed };
}

/** Bytes of what is there now; null where there is none: what tells that it was changed meanwhile. */
export const sizeOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.size ?? null;

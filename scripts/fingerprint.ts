import { createHash } from 'node:crypto';
import { type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT, readJson } from './project.ts';

/** What a set of files looked like: `quick` from names, sizes and times, `content` from their bytes. */
interface Stamp {
  readonly quick: string;
  readonly content: string;
}

/** Every file under the given files and folders, sorted; what does not exist is left out. */
function filesUnder(paths: readonly string[], skip: (path: string) => boolean): string[] {
  const found: string[] = [];
  const enter = (path: string, isFolder: boolean) => {
    if (skip(relative(ROOT, path))) return;
    if (!isFolder) {
      found.push(path);
      return;
    }
    const entries: Dirent[] = readdirSync(path, { withFileTypes: true });
    for (const entry of entries) enter(join(path, entry.name), entry.isDirectory());
  };
  for (const path of paths) if (existsSync(path)) enter(path, statSync(path).isDirectory());
  return found.sort();
}

function digest(files: readonly string[], describe: (file: string) => string | Buffer): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(describe(file))
      .update('\0');
  return hash.digest('hex');
}

function readStamp(file: string): Stamp | undefined {
  const value = readJson(file);
  if (typeof value !== 'object' || value === null) return undefined;
  const { quick, content } = value as Partial<Stamp>;
  return typeof quick === 'string' && typeof content === 'string' ? { quick, content } : undefined;
}

/** Whether work done from some files has to be done again. */
export interface Freshness {
  readonly fresh: boolean;
  /** Remembers the files as they are now; call it after the work has succeeded. */
  readonly remember: () => void;
}

/**
 * Compares files with the stamp left by the last {@link Freshness.remember}. Names, sizes and times are compared first;
 * bytes are read only when those differ, so that an unchanged tree costs milliseconds and a fresh checkout of the same
 * commit rebuilds nothing.
 *
 * @param skip true for a project-relative path (file or folder) that does not count.
 */
export function compareWithStamp(
  stampFile: string,
  paths: readonly string[],
  skip: (path: string) => boolean = () => false,
): Freshness {
  const files = filesUnder(paths, skip);
  const quick = digest(files, (file) => {
    const { mtimeMs, size } = statSync(file);
    return `${mtimeMs}:${size}`;
  });
  const stamp = readStamp(stampFile);
  let content: string | undefined;
  const contentNow = (): string => {
    content ??= digest(files, (file) => readFileSync(file));
    return content;
  };
  const remember = () => {
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, `${JSON.stringify({ quick, content: contentNow() } satisfies Stamp)}\n`);
  };
  if (stamp?.quick === quick) return { fresh: true, remember };
  if (stamp && stamp.content === contentNow()) {
    remember();
    return { fresh: true, remember };
  }
  return { fresh: false, remember };
}

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file of a worker thread's program. As source it is where `source` says; in the bundle every worker is an entry at the top, and the
 * module that starts it is there too, or in a chunk one folder below.
 *
 * @param from `import.meta.url` of the module that starts it
 * @param source `.worker.ts` file, relative to that module
 */
export function workerProgram(from: string, source: string): string {
  if (from.endsWith('.ts')) return fileURLToPath(new URL(source, from));
  const built = `${basename(source, '.ts')}.js`;
  const beside = fileURLToPath(new URL(`./${built}`, from));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../${built}`, from));
}

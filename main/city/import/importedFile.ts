import { basename, join } from 'node:path';
import { createFormers, type Formers } from '../../files/formers.ts';
import { ImportError, refusal } from './importError.ts';
import type { ImportKind, MappedKind, Thing } from './things.ts';

/** Where imports lie, and what they replaced. */
const cityFolder = (dataDir: string): string => join(dataDir, 'city');
export const formersOf = (dataDir: string): Formers => createFormers(join(cityFolder(dataDir), '.imports'));
export const importedFile = (dataDir: string, name: string): string => join(cityFolder(dataDir), `${name}.json`);

/** What an import is called: its kind, and the source file's name in letters and digits, `sensors-水位站`. */
export function importName(kind: MappedKind, source: string): string {
  const stem = basename(source).replace(/\.[^.]*$/, '');
  const slug = stem
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${kind}-${[...slug].slice(0, 60).join('') || 'source'}`;
}

/** Things as a file of the hall's folder `city`: one a line and sorted by id, so that two files can be laid beside each other. */
export function importedText(kind: ImportKind, things: readonly Thing[]): string {
  const sorted = things.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return `{\n"crs": "wgs84",\n"${kind}": [\n${sorted.map((thing) => JSON.stringify(thing)).join(',\n')}\n]\n}\n`;
}

/**
 * The things that an earlier import of the same source wrote.
 *
 * @throws ImportError when somebody made something else of the file.
 */
export function thingsOf(kind: ImportKind, file: string, text: string): Thing[] {
  try {
    const things = (JSON.parse(text) as Record<string, unknown>)[kind];
    if (Array.isArray(things) && things.every(isThing)) return things;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw refusal(
    { zh: `${file} 不是导入写成的文件`, en: `${file} is not as an import writes it` },
    { zh: '请移走或改名，再导入一次', en: 'Move it away or give it another name, and import again.' },
  );
}

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

/** An error of the file system as one of the import, with the file that it is about. */
export function cannotWrite(file: string, error: unknown): ImportError {
  if (error instanceof ImportError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return refusal(
    { zh: `无法写入 ${file}（${code}）`, en: `${file} cannot be written (${code})` },
    {
      zh: '请检查磁盘空间与权限；原有文件没有改动',
      en: 'Look after the room on the disk and the rights; what was there has not changed.',
    },
    error,
  );
}

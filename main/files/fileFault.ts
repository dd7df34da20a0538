import { accessSync, constants, statSync } from 'node:fs';
import { troubleOf } from '../../native/sqlite/database.ts';
import { type DiskTrouble, diskTroubleOf } from './trouble.ts';

/** A file or folder the hall cannot work with: which, why, and what to do, in both languages. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly file: string;
  readonly trouble: DiskTrouble;
  readonly text: { zh: string; en: string };

  constructor(file: string, cause: unknown) {
    const trouble = diskTroubleOf(troubleOf(cause) === 'cannot-open' ? whyNotOpen(file, cause) : cause);
    const { because, remedy } = trouble;
    super(`${file} cannot be used: ${because.en}. ${remedy.en}`, { cause });
    this.file = file;
    this.trouble = trouble;
    this.text = { zh: `无法使用 ${file}：${because.zh}。${remedy.zh}`, en: this.message };
  }
}

/** SQLite says only that it cannot open a file; the system knows why. */
function whyNotOpen(file: string, cause: unknown): unknown {
  try {
    if (statSync(file).isDirectory()) return Object.assign(new Error('a folder'), { code: 'EISDIR' });
    accessSync(file, constants.R_OK | constants.W_OK);
    return cause;
  } catch (error) {
    return error;
  }
}

/** Errors of the system and of SQLite name the file; sentences for a person pass as they are. */
export function naming<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const coded = error instanceof Error && 'code' in error && typeof error.code === 'string';
    throw coded ? new FileFault(file, error) : error;
  }
}

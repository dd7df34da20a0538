import { ContractError } from '../../../contract/errors.ts';
import type { Caller } from '../../../contract/wire/served.ts';
import { ImportError } from '../../city/import/importError.ts';
import type { Said } from '../../config/issue.ts';
import { refusalOf } from './preview.ts';

/** What is not done with a file of the hall, and what to do. */
export class FileRefusal extends Error {
  readonly said: Said;

  constructor(said: Said, cause?: unknown) {
    super(said.message.en, { cause });
    this.name = 'FileRefusal';
    this.said = said;
  }
}

/** What is refused of the hall's folder, as a call fails: in the caller's words. */
export async function saying<T>(caller: Caller, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImportError || error instanceof FileRefusal)) throw error;
    const { message, remedy } = error instanceof ImportError ? refusalOf(error) : error.said;
    const text = { zh: `${message.zh}。${remedy.zh}`, en: `${message.en}. ${remedy.en}` };
    throw new ContractError('refused', caller.lang === 'en' ? text.en : text.zh, { text, cause: error });
  }
}

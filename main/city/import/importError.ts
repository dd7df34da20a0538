import type { Text } from '../../../core/words.ts';
import type { Said } from '../../config/issue.ts';
import { visible } from './visible.ts';

/** A file, a mapping or a folder that an import cannot go on with: what is wrong with it, and what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly said: Said;
  /** A mapping to begin with, as YAML, where it is the mapping that is missing. */
  readonly proposal: string | null;

  constructor(said: Said, { cause, proposal = null }: { cause?: unknown; proposal?: string | null } = {}) {
    super(`${said.message.en}. ${said.remedy.en}`, cause === undefined ? {} : { cause });
    this.said = said;
    this.proposal = proposal;
  }
}

/** The error of a message and a remedy. */
export const refusal = (message: Text, remedy: Text, cause?: unknown): ImportError =>
  new ImportError({ message, remedy }, { cause });

/** Names that somebody else gave, the first few, as a sentence has them in both languages. */
export function namesSaid(names: readonly string[], most = 40): Text {
  const shown = names.slice(0, most).map((name) => visible(name).slice(0, 200));
  return { zh: shown.map((name) => `“${name}”`).join('、'), en: shown.join(', ') };
}

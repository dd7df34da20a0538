import type { EditedKind } from '../../../contract/features/setupFiles.ts';
import type { Slice } from '../../desk/slice.ts';

/** A file that is written: one of the hall's folder, or a new one by a form. */
export interface Written {
  readonly kind: EditedKind;
  /** Null for one that is not there yet. */
  readonly file: string | null;
  /** The form of a new one; empty for one that is there, which says itself. */
  readonly form: string;
}

interface SetupDesk {
  /** What is written in this window in place of the overview. */
  readonly writes: Written | null;
  /** The file that was saved last, until something else is done. */
  readonly saved: string | null;
}

export const setupDesk: Slice<SetupDesk> = { name: 'setup', initial: () => ({ writes: null, saved: null }) };

/** What the draft of a file goes by. */
export const subjectOf = ({ kind, file, form }: Written): string => `setup:${kind}/${file ?? `+${form}`}`;
/** The field of it that is the text, and the one that says of which state of the file it is. */
export const TEXT = 'text';
export const BASE = 'base';

/** By which the seat's windows hear that somebody wants to add a file: the form where it is chosen how it is begun. */
export const ADDING = { subject: 'setup', field: { feeds: 'add-feed', rules: 'add-rules' } } as const;

import { z } from 'zod';
import { Text, WallTime } from '../schema/basics.ts';

/** Files of the hall's folder that are written on screen, by the folder that they lie in. */
export const EDITED_KINDS = ['feeds', 'rules'] as const;
export const EditedKind = z.enum(EDITED_KINDS);
export type EditedKind = z.infer<typeof EditedKind>;

/** Characters of a file that can be edited on screen: longer ones are written by hand. */
export const MOST_FILE_CHARS = 60_000;
/** Files of one folder that are told. */
export const MOST_FILES = 1000;
/** Ids that a file defines and that are told of it. */
export const MOST_FILE_IDS = 5;
export const MOST_FAULTS = 60;

/** A file's name, without a folder. */
export const FileName = z.string().regex(/^(?!\.)[^/\\\p{C}]{1,120}\.ya?ml$/iu, 'the name of a YAML file');

/** Tells one state of a file from another; says nothing of what is in it. */
const FileVersion = z.string().min(1).max(100);

/** A file of a folder, as a list has it. */
export const FileView = z.object({
  file: z.string(),
  /** Off: it is there, and not read. Wrong: it is read, and left out. */
  state: z.enum(['on', 'off', 'wrong']),
  /** What it defines, the first of them; none of a file that is wrong. */
  ids: z.array(z.string()).max(MOST_FILE_IDS),
  /** How many of them there are. */
  count: z.number().int(),
  name: Text.nullable(),
  /** Of a feed. */
  protocol: z.string().nullable(),
});
export type FileView = z.infer<typeof FileView>;

/** A file that was changed or removed on screen, and can be put back. */
export const KeptFile = z.object({
  file: z.string(),
  /** When the last change was. */
  at: WallTime,
  /** Whether there is a file of that name now. */
  there: z.boolean(),
});
export type KeptFile = z.infer<typeof KeptFile>;

export const FilesView = z.object({
  files: z.array(FileView).max(MOST_FILES),
  kept: z.array(KeptFile).max(MOST_FILES),
});
export type FilesView = z.infer<typeof FilesView>;

/** One member of a file, as a form asks for it. */
export const FormField = z.object({
  /** The member's name in the file. */
  member: z.string(),
  label: Text,
  hint: Text.nullable(),
  /** `names`: a text in each language. `lines`: a text of several. `yaml`: what only the text of the file can say. */
  is: z.enum(['text', 'lines', 'number', 'choice', 'secret', 'names', 'yaml']),
  needed: z.boolean(),
  /** It is asked for first, though it may be left out. */
  front: z.boolean(),
  /** What holds where it is left out. */
  fallback: z.string().nullable(),
  least: z.number().nullable(),
  most: z.number().nullable(),
  whole: z.boolean(),
  /** As they stand in the file; numbers are numbers there. */
  choices: z.array(z.union([z.string(), z.number()])).max(40),
});
export type FormField = z.infer<typeof FormField>;

/** A form for one sort of file: of feeds, for each protocol; of rules, for one begun anew and for each file of the product. */
export const FormView = z.object({
  /** Of feeds what `protocol` says. */
  id: z.string(),
  name: Text,
  /** What it is for, in a sentence. */
  what: Text,
  fields: z.array(FormField).max(60),
  /** A file to begin with. */
  beginning: Text,
});
export type FormView = z.infer<typeof FormView>;

/** What is wrong in a text, and where. */
export const FileFault = z.object({
  /** 1-based. */
  line: z.number().int(),
  column: z.number().int(),
  /** Dotted, from the root; empty for all of it. */
  path: z.string(),
  message: Text,
  remedy: Text,
  /** An error keeps the file out of use; what is only to be minded does not. */
  severity: z.enum(['error', 'warning']),
});
export type FileFault = z.infer<typeof FileFault>;
const Faults = z.array(FileFault).max(MOST_FAULTS);

/** A text that somebody writes: anew, or over a file as it was when it was opened. */
export const FileDraft = z.object({
  kind: EditedKind,
  base: z.object({ file: FileName, version: FileVersion }).nullable(),
  /** Secrets of the file stand in it as marks, which are left or replaced. */
  text: z.string().max(MOST_FILE_CHARS),
});
export type FileDraft = z.infer<typeof FileDraft>;

export const NamedFile = z.object({ kind: EditedKind, file: FileName });

/** A file for a window: with marks in place of its secrets. */
export const OpenedFile = z.object({ text: z.string(), version: FileVersion });

export const CheckedFile = z.object({ faults: Faults });

export const SavedFile = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), file: z.string(), version: FileVersion, text: z.string() }),
  z.object({ outcome: z.literal('refused'), faults: Faults }),
]);

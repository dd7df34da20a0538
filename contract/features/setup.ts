import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, None, Text } from '../schema/basics.ts';
import { BegunTrial, FeedTrialView, TrialId } from './setupFeedTrial.ts';
import {
  CheckedFile,
  EditedKind,
  FileDraft,
  FilesView,
  FormView,
  NamedFile,
  OpenedFile,
  SavedFile,
} from './setupFiles.ts';
import { ImportAsked, ImportName, ImportPreview, ImportRefusal, PastImport, Piece, UploadId } from './setupImport.ts';
import { MOST_TRIED_DAYS, TrialView } from './setupTrial.ts';

/** What a hall's folder has, part by part. */
export const SETUP_PARTS = [
  'departments',
  'places',
  'facilities',
  'sensors',
  'units',
  'cameras',
  'kinds',
  'feeds',
  'rules',
  'plans',
] as const;
export type SetupPart = (typeof SETUP_PARTS)[number];

/** So many ids of what is another are named. */
export const MOST_EXAMPLES = 5;

/** So many imports are told. */
export const MOST_IMPORTS = 100;

const Changed = z.object({ count: z.number().int(), examples: z.array(z.string()).max(MOST_EXAMPLES) });

/** How the files of a hall's folder stand beside what the hall works with. */
export const SetupView = z.object({
  /** Where the folder is, on the PC that the hall runs on. */
  folder: z.string(),
  /** Whether the folder has a `hall.yaml`. */
  own: z.boolean(),
  name: Text.nullable(),
  /** Of each part: how many the hall works with, and what a reload would add, change and take away. */
  parts: z.array(
    z.object({
      part: z.enum(SETUP_PARTS),
      count: z.number().int(),
      added: Changed,
      changed: Changed,
      gone: Changed,
    }),
  ),
  /** Whether the hall has a map of its own, whether the files have, and whether that is another. */
  map: z.object({ now: z.boolean(), files: z.boolean(), another: z.boolean() }),
  /** What is to be said of the files as they are now. */
  notices: z
    .array(z.object({ severity: z.enum(['info', 'warning', 'error']), text: Text, remedy: Text.nullable() }))
    .max(200),
  /** Whether something of it is another than what the hall works with. */
  differs: z.boolean(),
  /** Whether this hall can read its files again by itself. */
  reloads: z.boolean(),
  /** Imports that can be undone, the newest first. */
  imports: z.array(PastImport).max(MOST_IMPORTS),
});
export type SetupView = z.infer<typeof SetupView>;

export const setup = defineContract({
  name: 'setup',
  methods: {
    /** Reads the files of the hall's folder, and says what a reload would come to. */
    'setup.look': { right: 'hall.set-up', params: None, result: SetupView, long: true },
    /** Reads the files again: the hall closes and opens anew, within seconds, and every window connects again by itself. */
    'setup.reload': { right: 'hall.set-up', params: None, result: Done },
    /** Brings a piece of a department's file, which the hall keeps by itself until it is imported or withdrawn, for half an hour at most. */
    'setup.offer': { right: 'hall.set-up', params: Piece, result: z.object({ got: z.number().int() }) },
    /** Forgets a file that was brought, in whole or in part. */
    'setup.withdraw': { right: 'hall.set-up', params: z.object({ upload: UploadId }), result: Done },
    /** Reads a file that was brought, and says what an import of it would come to. Nothing is written. */
    'setup.plan': {
      right: 'hall.set-up',
      params: ImportAsked,
      result: z.discriminatedUnion('outcome', [ImportPreview, ImportRefusal]),
      long: true,
    },
    /** Writes what an import comes to into the hall's folder; it counts once the files are loaded. */
    'setup.import': {
      right: 'hall.set-up',
      params: ImportAsked,
      result: z.object({ file: z.string(), written: z.boolean(), name: z.string() }),
    },
    /** Tries the rules of the files, as they are now, on what the hall's sensors said in so many days: what they would have raised. Nothing is raised. */
    'setup.tryRules': {
      right: 'hall.set-up',
      params: z.object({ days: z.number().int().min(1).max(MOST_TRIED_DAYS) }),
      result: TrialView,
      long: true,
    },
    /** Puts back what the last import of a name replaced. */
    'setup.undo': {
      right: 'hall.set-up',
      params: z.object({ name: ImportName }),
      result: z.object({ file: z.string(), removed: z.boolean() }),
    },
    /** The files of a folder, and which of them can be put back as they were. */
    'setup.files': { right: 'hall.set-up', params: z.object({ kind: EditedKind }), result: FilesView, long: true },
    /** What may stand in such a file: forms, made of the schema that reads it. */
    'setup.forms': {
      right: 'hall.set-up',
      params: z.object({ kind: EditedKind }),
      result: z.object({ forms: z.array(FormView).max(40) }),
    },
    /** A file's text. Its secrets do not leave the hall: marks stand for them. */
    'setup.file': { right: 'hall.set-up', params: NamedFile, result: OpenedFile },
    /** Everything that is wrong in a text, by line. Nothing is written. */
    'setup.check': { right: 'hall.set-up', params: FileDraft, result: CheckedFile },
    /** Writes a text in which nothing is wrong into the hall's folder, and lays the former aside; it counts once the files are loaded. */
    'setup.save': { right: 'hall.set-up', params: FileDraft, result: SavedFile },
    /** Lets a file be read, or not; it counts once the files are loaded. */
    'setup.switchFile': {
      right: 'hall.set-up',
      params: NamedFile.extend({ on: z.boolean() }),
      result: Done,
    },
    /** Takes a file away, and lays it aside. */
    'setup.removeFile': { right: 'hall.set-up', params: NamedFile, result: Done },
    /** Puts back what a file was before it was last saved or removed on screen. */
    'setup.putBack': { right: 'hall.set-up', params: NamedFile, result: z.object({ removed: z.boolean() }) },
    /** Tries a feed's text beside the feeds of the hall, without writing anything. One trial at a time: another ends it. */
    'setup.beginTrial': {
      right: 'hall.set-up',
      params: FileDraft.extend({ kind: z.literal('feeds') }),
      result: BegunTrial,
    },
    /** How it stands. One that nobody asks about for a while ends. */
    'setup.trial': { right: 'hall.set-up', params: z.object({ trial: TrialId }), result: FeedTrialView },
    'setup.endTrial': { right: 'hall.set-up', params: z.object({ trial: TrialId }), result: FeedTrialView },
    /** Tries the rules of a text on what the hall's sensors said in so many days: what they would have raised. Nothing is raised. */
    'setup.tryDraft': {
      right: 'hall.set-up',
      params: FileDraft.extend({ kind: z.literal('rules'), days: z.number().int().min(1).max(MOST_TRIED_DAYS) }),
      result: z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('tried'), tried: TrialView }),
        CheckedFile.extend({ outcome: z.literal('refused') }),
      ]),
      long: true,
    },
  },
});

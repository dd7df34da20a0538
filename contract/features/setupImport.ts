import { z } from 'zod';
import { Text, WallTime } from '../schema/basics.ts';

/** What can be imported from a department's table or geo file: the lists of a hall's folder `city`. */
export const IMPORTED_KINDS = ['sensors', 'units', 'facilities', 'cameras', 'departments', 'places'] as const;
export const ImportedKind = z.enum(IMPORTED_KINDS);
export type ImportedKind = z.infer<typeof ImportedKind>;

/** Bytes of a file that a window may bring. */
export const MOST_UPLOAD_BYTES = 64 * 1024 * 1024;
/** Bytes of one piece of it: base64 of so many fits a frame with room to spare. */
export const PIECE_BYTES = 144 * 1024;
const PIECE_CHARS = (PIECE_BYTES / 3) * 4;

/** What a window calls its upload. It names no file. */
export const UploadId = z.string().regex(/^[\w-]{8,64}$/, '8 to 64 letters, digits, _ and -');

/** One piece of a file. Pieces come in order. */
export const Piece = z.object({
  upload: UploadId,
  /** The file's, without a folder. */
  name: z.string().min(1).max(200),
  /** Where in the file the piece begins. */
  at: z.number().int().min(0).max(MOST_UPLOAD_BYTES),
  /** Bytes of the file. */
  of: z.number().int().min(1).max(MOST_UPLOAD_BYTES),
  /** Base64. */
  bytes: z.string().min(4).max(PIECE_CHARS),
});
export type Piece = z.infer<typeof Piece>;

/** What an import is made of; what is left out is as the file says. */
export const ImportAsked = z.object({
  upload: UploadId,
  kind: ImportedKind,
  /** What the coordinates mean: `gcj02`, `EPSG:4549`. */
  crs: z.string().min(1).max(40).optional(),
  /** Of a workbook, or the layer of a geo file. */
  sheet: z.string().min(1).max(200).optional(),
});
export type ImportAsked = z.infer<typeof ImportAsked>;

/** So many wrong cells are told; the others are counted. */
export const MOST_WRONG_TOLD = 100;
export const MOST_EXAMPLE_IDS = 5;

const Wrong = z.object({
  /** As the person sees it in the file. */
  row: z.number().int(),
  /** Empty where it is the row as a whole. */
  column: z.string(),
  value: z.string(),
  why: Text,
  remedy: Text,
});
const Ids = z.object({ count: z.number().int(), examples: z.array(z.string()).max(MOST_EXAMPLE_IDS) });

/** What an import would come to. Passwords of addresses are starred out. */
export const ImportPreview = z.object({
  outcome: z.literal('planned'),
  /** By which it is undone: `sensors-水位站`. */
  name: z.string(),
  /** The file of the hall's folder that will be written: `city/sensors-水位站.json`. */
  file: z.string(),
  source: z.object({
    format: z.string(),
    encoding: z.string().nullable(),
    sheet: z.string().nullable(),
    /** What else could be read of it. */
    sheets: z.array(z.string()).max(200),
    rows: z.number().int(),
  }),
  /** What the coordinates were taken for; null for what stands nowhere. */
  crs: z.string().nullable(),
  columns: z.array(z.string()),
  /** As YAML. */
  mapping: z.string(),
  /** The first rows. */
  first: z.array(
    z.object({
      row: z.number().int(),
      /** By column; empty for an empty cell. */
      raw: z.array(z.string()),
      /** Where it is drawn, in the file's own coordinates; null for a row of a table. */
      at: z.string().nullable(),
      /** What became of it, member by member; null for a row that stays out. */
      thing: z.array(z.object({ member: z.string(), value: z.string() })).nullable(),
      complaints: z.array(Wrong.omit({ row: true })),
    }),
  ),
  new: Ids,
  changed: Ids,
  same: z.number().int(),
  gone: Ids,
  /** Rows that stay out, and what is wrong in them. */
  wrong: z.object({
    rows: z.number().int(),
    count: z.number().int(),
    told: z.array(Wrong).max(MOST_WRONG_TOLD),
  }),
  notes: z.array(Text),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** Why there can be no import as it is asked for: not a fault, but something that is to be said beside what was asked. */
export const ImportRefusal = z.object({
  outcome: z.literal('refused'),
  message: Text,
  remedy: Text,
  /** A mapping to begin with, as YAML, where no column was found for something. */
  proposal: z.string().nullable(),
});
export type ImportRefusal = z.infer<typeof ImportRefusal>;

/** What is called an import: `sensors-水位站`. */
export const ImportName = z.string().regex(new RegExp(`^(?:${IMPORTED_KINDS.join('|')})-[\\p{L}\\p{N}-]{1,60}$`, 'u'));

/** An import that can be undone. */
export const PastImport = z.object({
  name: z.string(),
  kind: ImportedKind,
  /** How many there are in its file now; null where that is not as an import writes it. */
  things: z.number().int().nullable(),
  /** When the last of that name was. */
  at: WallTime,
});
export type PastImport = z.infer<typeof PastImport>;

import { type Decoded, joined, refused } from '../codecs/codec.ts';
import { createRowReader, TABLE_LIMITS } from '../codecs/csv/rows.ts';
import { JSON_LIMITS } from '../codecs/json-path/json.ts';
import { createJsonReader } from '../codecs/json-path/reader.ts';
import type { FolderConfig } from './config.ts';

/** Bytes of a file of each kind; those of lines are read line by line. */
export const FILE_LIMITS: Readonly<Record<Kind, number>> = {
  json: JSON_LIMITS.bytes,
  ndjson: 16 * JSON_LIMITS.bytes,
  csv: TABLE_LIMITS.bytes,
};
export type Kind = 'json' | 'ndjson' | 'csv';

/** What is read at a stretch: rows, and bytes of lines. */
export const PORTION = { rows: 200, bytes: 128 * 1024 } as const;
const NEWLINE = 0x0a;

/** The kind of a file by its name; null for one that is not meant, such as one that is still written under another name. */
export function kindOf(name: string): Kind | null {
  // What begins with ~ or a point is an editor's, or on its way.
  return /^[^.~].*\.(json|ndjson|csv)$/is.test(name) ? (name.split('.').at(-1)?.toLowerCase() as Kind) : null;
}

/** What a part of a file brought. */
export interface Portion {
  readonly decoded: Decoded;
  /** How many lines or rows of the file are read with it, from the first on. */
  readonly upTo: number;
  readonly last: boolean;
}

/** A file that was read whole. */
export interface FileRead {
  readonly name: string;
  readonly kind: Kind;
  readonly bytes: Buffer;
  /** Wall ms: the age of what has no time of its own. */
  readonly now: number;
  /** So many of its lines or rows were taken before. */
  readonly from: number;
}

/** Reads files in portions; nothing that is in one makes it throw. */
export type ReadPortions = (file: FileRead) => Iterable<Portion>;

/** @param wanted whether a quantity of a device has a sensor */
export function portionReader(
  { messages, columns, encoding, zone }: FolderConfig,
  wanted: (device: string, item: string) => boolean,
): ReadPortions {
  const json = messages && createJsonReader({ shapes: messages, encoding, offsetMinutes: zone, wanted });
  const table = columns && createRowReader({ table: columns, offsetMinutes: zone, wanted });

  function* rows({ name, bytes, now, from }: FileRead, reader: NonNullable<typeof table>): Iterable<Portion> {
    const read = reader.rows(bytes);
    if ('fault' in read) {
      yield whole(refused({ ...read.fault, excerpt: name }));
      return;
    }
    const all = read.rows;
    if (all.length === 0) yield whole(refused({ path: '', ...NO_ROWS, excerpt: name }));
    for (let at = from; at < all.length; at += PORTION.rows) {
      const upTo = Math.min(all.length, at + PORTION.rows);
      yield { decoded: reader.read(all.slice(at, upTo), name, now), upTo, last: upTo === all.length };
    }
  }

  function* lines({ name, bytes, now, from }: FileRead, reader: NonNullable<typeof json>): Iterable<Portion> {
    let at = 0;
    let line = 0;
    while (at < bytes.length) {
      const parts: Decoded[] = [];
      for (const began = at; at < bytes.length && parts.length < PORTION.rows && at - began < PORTION.bytes; line++) {
        const end = bytes.indexOf(NEWLINE, at);
        const payload = bytes.subarray(at, end === -1 ? bytes.length : end);
        at = end === -1 ? bytes.length : end + 1;
        if (line >= from && !isBlank(payload))
          parts.push(reader({ topic: `${name}:${line + 1}`, payload, retained: false }, now));
      }
      yield { decoded: joined(parts), upTo: line, last: at >= bytes.length };
    }
  }

  return function* read(file) {
    const { kind, name, bytes, now } = file;
    const reader = kind === 'csv' ? table : json;
    if (reader === undefined) yield whole(refused({ path: '', ...notSaid(kind), excerpt: name }));
    else if (bytes.length === 0) yield whole(refused({ path: '', ...EMPTY, excerpt: name }));
    else if (kind === 'csv' && table) yield* rows(file, table);
    else if (kind === 'ndjson' && json) yield* lines(file, json);
    else if (json) yield whole(json({ topic: name, payload: bytes, retained: false }, now));
  };
}

const whole = (decoded: Decoded): Portion => ({ decoded, upTo: 1, last: true });

const isBlank = (line: Buffer): boolean => line.every((byte) => byte <= 0x20);

const EMPTY = {
  message: { zh: '文件是空的', en: 'the file is empty' },
  remedy: {
    zh: '请先以别的名称写完，再改成此名称',
    en: 'Write it under another name first, and rename it when it is whole.',
  },
};
const NO_ROWS = {
  message: { zh: '表头之下没有数据', en: 'the table has no rows below its head' },
  remedy: { zh: '请写出表头与数据', en: 'Write a head, and rows below it.' },
};
const notSaid = (kind: Kind) => {
  const member = kind === 'csv' ? 'columns' : 'messages';
  return {
    message: { zh: `数据源文件没有写 ${member}`, en: `the feed's file has no \`${member}\`` },
    remedy: {
      zh: `请写上 ${member}，或不要放入 .${kind} 文件`,
      en: `Write \`${member}\`, or drop no .${kind} files.`,
    },
  };
};

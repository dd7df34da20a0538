import { cellNumber, saidText } from '../../../city/import/cellText.ts';
import { readCsv } from '../../../city/import/csv.ts';
import { ImportError } from '../../../city/import/importError.ts';
import type { Cell, RawRow, SourceTable } from '../../../city/import/table.ts';
import type { Issue } from '../../../config/issue.ts';
import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import type { TableShape } from '../../platforms/columns.ts';
import { sketch } from '../../sketch.ts';
import { type CodecFault, type CodecRecord, DESCRIBED, type Decoded } from '../codec.ts';
import { elementReader } from '../json-path/element.ts';

/** What one table may hold at most: it is read at a stretch, and windows wait meanwhile. */
export const TABLE_LIMITS = { bytes: 256 * 1024, rows: 5000 } as const;
/** What may be looked at for one row. */
const LOOKS = 5000;
const MOST_NAMED = 20;

/** Reads tables of a system by their columns; nothing that comes makes it throw. */
export interface RowReader {
  /** The rows of a table in UTF-8 or GBK, or why it is none of the feed's. */
  rows(bytes: Uint8Array): { readonly rows: readonly RawRow[] } | { readonly fault: Issue };
  /**
   * @param name of the table, as a person knows it
   * @param now wall ms, for rows that have no time of their own
   */
  read(rows: readonly RawRow[], name: string, now: number): Decoded;
}

/**
 * @param options.offsetMinutes of the zone of times that have none, east of Greenwich
 * @param options.wanted whether a quantity of a device has a sensor
 */
export function createRowReader(options: {
  table: TableShape;
  offsetMinutes: number;
  wanted: (device: string, item: string) => boolean;
}): RowReader {
  const { columns, numbers, shape } = options.table;
  const known = new Set(columns);
  const elements = elementReader(shape, options.offsetMinutes, options.wanted);
  const numeric = new Set(numbers);

  const missingOf = (table: SourceTable): string | undefined =>
    columns.find((column) => !table.columns.includes(column));
  const inGbk = (bytes: Uint8Array): SourceTable | null => {
    try {
      const table = readCsv(bytes, { encoding: 'gb18030', known: (name) => known.has(name) });
      return missingOf(table) === undefined ? table : null;
    } catch {
      // What is said of it is what was said first.
      return null;
    }
  };

  return {
    rows(bytes) {
      if (bytes.length > TABLE_LIMITS.bytes) return { fault: { path: '', ...TOO_LARGE } };
      try {
        const first = readCsv(bytes, { known: (name) => known.has(name) });
        // Some words of GBK are UTF-8 as well, of other words: the columns tell.
        const table = missingOf(first) === undefined ? first : (inGbk(bytes) ?? first);
        const missing = missingOf(table);
        if (missing !== undefined) return { fault: noColumn(missing, table.columns) };
        return table.rows.length > TABLE_LIMITS.rows ? { fault: { path: '', ...TOO_LARGE } } : { rows: table.rows };
      } catch (error) {
        if (error instanceof ImportError) return { fault: { path: '', ...error.said } };
        throw error;
      }
    },
    read(rows, name, now) {
      const records: CodecRecord[] = [];
      const faults: CodecFault[] = [];
      let messages = 0;
      let refused = 0;
      let sentAt: number | null = null;
      for (const { row, values, fault } of rows) {
        const element = said(values, columns, numeric);
        const scope = {
          root: element,
          element,
          levels: [],
          retained: false,
          now,
          budget: { left: LOOKS },
          left: LOOKS,
        };
        const found = fault ? { records: [], faults: [{ path: '', ...fault }], sentAt: null } : elements(scope);
        for (const record of found.records) records.push(record);
        if (found.records.length > 0) messages++;
        if (found.sentAt !== null) sentAt = Math.max(sentAt ?? found.sentAt, found.sentAt);
        refused += found.faults.length;
        for (const issue of found.faults)
          if (faults.length < DESCRIBED)
            faults.push({ ...issue, excerpt: `${name}:${row} ${sketch(values, EXCERPT_CHARS)}` });
      }
      return { messages, sentAt, records, replies: [], faults, refused };
    },
  };
}

/** A row as an element: numbers as numbers, whatever is said to be nothing as null. */
function said(values: RawRow['values'], columns: readonly string[], numeric: ReadonlySet<string>): object {
  const element: Record<string, Cell> = Object.create(null);
  for (const column of columns) {
    const cell = values[column] ?? null;
    const number = numeric.has(column) ? cellNumber(cell) : Number.NaN;
    element[column] = number === null || !Number.isNaN(number) ? number : saidText(cell) || null;
  }
  return element;
}

function noColumn(name: string, columns: readonly string[]): Issue {
  const there = columns.slice(0, MOST_NAMED).map((each) => each.slice(0, 40));
  return {
    path: name,
    message: { zh: `表中没有“${name}”这一列`, en: `the table has no column "${name}"` },
    remedy: {
      zh: `请核对 columns；表中有：${there.join('、') || '没有表头'}`,
      en: `Check \`columns\`; the table has: ${there.join(', ') || 'no head'}.`,
    },
  };
}

const TOO_LARGE = {
  message: {
    zh: `超过 ${TABLE_LIMITS.bytes} 字节或 ${TABLE_LIMITS.rows} 行`,
    en: `more than ${TABLE_LIMITS.bytes} bytes or ${TABLE_LIMITS.rows} rows`,
  },
  remedy: { zh: '请分成几个较小的表', en: 'Make several smaller tables of it.' },
};

import { type ImportError, refusal } from './importError.ts';

/** What a file that is imported may cost at most. */
export const IMPORT_LIMITS = {
  bytes: 256 * 1024 * 1024,
  rows: 200_000,
  columns: 500,
  /** Of all rows together, filled or not. */
  cells: 10_000_000,
  /** Characters of one cell. */
  cell: 10_000,
  /** Bytes of everything in an archive that is unpacked. */
  unpacked: 1024 * 1024 * 1024,
  /** How many times its packed size a part of an archive may have, once it is larger than `smallPart`. */
  ratio: 200,
  smallPart: 16 * 1024 * 1024,
  /** Files of an archive. */
  parts: 10_000,
  /** Elements or brackets within each other. */
  depth: 64,
  /** Bytes of a KML document. */
  kml: 64 * 1024 * 1024,
} as const;

const count = (n: number) => n.toLocaleString('en-US');

export const tooManyRows = (): ImportError =>
  refusal(
    { zh: `超过 ${count(IMPORT_LIMITS.rows)} 行`, en: `there are more than ${count(IMPORT_LIMITS.rows)} rows` },
    { zh: '请把文件拆成几个，分别导入', en: 'Split it into several files and import each.' },
  );

export const tooManyCells = (): ImportError =>
  refusal(
    {
      zh: `超过 ${count(IMPORT_LIMITS.cells)} 个单元格`,
      en: `there are more than ${count(IMPORT_LIMITS.cells)} cells`,
    },
    { zh: '请删去不用的列，或把文件拆成几个', en: 'Remove the columns that are not needed, or split it.' },
  );

export const tooManyColumns = (): ImportError =>
  refusal(
    { zh: `超过 ${IMPORT_LIMITS.columns} 列`, en: `there are more than ${IMPORT_LIMITS.columns} columns` },
    { zh: '请删去不用的列', en: 'Remove the columns that are not needed.' },
  );

/** @param where the row, as the person sees it */
export const tooLongCell = (where: number): ImportError =>
  refusal(
    {
      zh: `第 ${where} 行有超过 ${count(IMPORT_LIMITS.cell)} 个字符的单元格`,
      en: `row ${where} has a cell of more than ${count(IMPORT_LIMITS.cell)} characters`,
    },
    {
      zh: '请缩短该单元格；若是分隔符或引号有误，请改正',
      en: 'Shorten it, or correct a separator or quotation mark before it.',
    },
  );

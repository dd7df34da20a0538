import { chineseDate } from './cellText.ts';
import type { GridRow } from './grid.ts';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS, tooLongCell, tooManyCells, tooManyColumns, tooManyRows } from './limits.ts';
import type { Cell } from './table.ts';
import { type CellFormat, dateOfSerial } from './xlsxFormats.ts';
import { readXml } from './xmlEvents.ts';

/** What the cells of a sheet point to. */
export interface SheetContext {
  readonly shared: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly from1904: boolean;
}

/** Rows beyond those that may be, for titles and remarks. */
const BESIDE = 1000;
const MOST_MERGES = 10_000;
/** Cells that are filled from merged ones: no sheet that people made comes near. */
const MOST_FILLED = 2_000_000;

interface Started {
  column: number;
  type: string;
  style: number;
  value: string;
  inline: string;
}

/**
 * The rows of a sheet that hold something, with merged cells filled from their first: that is what people see in them.
 *
 * @throws ImportError beyond the limits, or for a cell without a place.
 */
export function readSheet(bytes: Uint8Array, context: SheetContext): GridRow[] {
  const rows = new Map<number, Cell[]>();
  const merges: string[] = [];
  let row = 0;
  let held = 0;
  let cells: Cell[] = [];
  let cell: Started | null = null;
  let into: 'value' | 'inline' | null = null;
  let reading = false;
  readXml(bytes, {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : wholeNumber(attributes.r);
        cells = [];
      } else if (name === 'c') {
        const { r, t = 'n', s = '0' } = attributes;
        cell = {
          column: r === undefined ? cells.length : columnOf(r),
          type: t,
          style: Number(s),
          value: '',
          inline: '',
        };
      } else if (name === 'mergeCell' && merges.length < MOST_MERGES) merges.push(attributes.ref ?? '');
      else if (name === 'rPh') reading = true;
      into = cell === null ? null : name === 'v' ? 'value' : name === 't' && !reading ? 'inline' : null;
    },
    text(text) {
      if (cell && into) cell[into] += text;
    },
    close(name) {
      into = null;
      if (name === 'rPh') reading = false;
      else if (name === 'c' && cell) {
        const value = cellValue(cell, context);
        if (typeof value === 'string' && value.length > IMPORT_LIMITS.cell) throw tooLongCell(row);
        if (value !== null) {
          if (cell.column >= 2 * IMPORT_LIMITS.columns) throw tooManyColumns();
          while (cells.length < cell.column) cells.push(null);
          cells[cell.column] = value;
        }
        cell = null;
      } else if (name === 'row' && cells.length > 0) {
        rows.set(row, cells);
        held += cells.length;
        if (held > IMPORT_LIMITS.cells) throw tooManyCells();
        if (rows.size > IMPORT_LIMITS.rows + BESIDE) throw tooManyRows();
      }
    },
  });
  const last = Math.max(0, ...[...rows.keys()].slice(-1));
  let work = MOST_FILLED;
  for (const merge of merges) work -= fill(rows, merge, { last, most: work });
  return [...rows].sort(([a], [b]) => a - b).map(([each, held]) => ({ row: each, cells: held }));
}

function cellValue({ type, style, value, inline }: Started, { shared, formats, from1904 }: SheetContext): Cell {
  switch (type) {
    case 's':
      return textOf(shared[Number(value)] ?? '');
    case 'inlineStr':
      return textOf(inline);
    case 'b':
      return value === '1';
    case 'str':
    case 'e':
    case 'd':
      return textOf(value);
    default: {
      if (value === '') return null;
      const number = Number(value);
      const format = formats[style];
      if (!Number.isFinite(number)) return value;
      if (format?.shows === 'date') return dateOfSerial(number, from1904) ?? number;
      if (format?.shows === 'digits' && Number.isSafeInteger(number) && number >= 0)
        return String(number).padStart(format.digits, '0');
      return number;
    }
  }
}

function textOf(text: string): string | null {
  // Characters that XML cannot hold are written as _x000D_.
  const plain = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return plain.trim() === '' ? null : (chineseDate(plain) ?? plain);
}

/** The column of `AB12`, counted from 0. */
function columnOf(address: string): number {
  const letters = /^([A-Z]{1,3})\d*$/.exec(address)?.[1];
  if (letters === undefined) throw misplaced(address);
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw misplaced(text);
  return number;
}

const misplaced = (address: string) =>
  refusal(
    { zh: `单元格位置“${address.slice(0, 20)}”有误`, en: `"${address.slice(0, 20)}" is no place of a cell` },
    { zh: '请用 Excel 或 WPS 打开并另存为 .xlsx', en: 'Open it in Excel or WPS and save it as .xlsx.' },
  );

/** Fills at most so many cells, and answers how many it looked at. */
function fill(rows: Map<number, Cell[]>, merge: string, { last, most }: { last: number; most: number }): number {
  const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(merge);
  if (!match) return 0;
  const [, left = '', top = '', right = '', bottom = ''] = match;
  const [from, to] = [columnOf(left), Math.min(columnOf(right), IMPORT_LIMITS.columns)];
  const value = rows.get(Number(top))?.[from] ?? null;
  if (value === null) return 0;
  let looked = 0;
  for (let row = Number(top); row <= Math.min(Number(bottom), last) && looked < most; row++) {
    looked += to - from + 1;
    const cells = rows.get(row);
    if (!cells) continue; // A merge that is taller than what is written would make rows of nothing.
    while (cells.length <= to) cells.push(null);
    for (let column = from; column <= to; column++) cells[column] ??= value;
  }
  return looked;
}

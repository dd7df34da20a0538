import { CsvError, parse } from 'csv-parse/sync';
import type { Text } from '../../../core/words.ts';
import { chineseDate } from './cellText.ts';
import { decodeText } from './decodeText.ts';
import { type GridRow, tableOf } from './grid.ts';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS, tooLongCell, tooManyCells, tooManyColumns, tooManyRows } from './limits.ts';
import type { RawRow, SourceTable } from './table.ts';

/** In the order in which they are taken when several fit: one that is written without a thought is the last. */
const SEPARATORS = ['\t', ';', '|', ',', '，'] as const;

/** More rows than may be stand for titles, remarks and blank lines. */
const BESIDE = 1000;

/**
 * Reads separated text: in UTF-8 or GB18030, separated by commas, tabs, semicolons, bars or full-width commas, as the file shows.
 *
 * @param encoding asked for by the person
 * @param known whether a name is one that columns usually have
 * @throws ImportError when it is no text, or a quotation mark is not closed.
 */
export function readCsv(
  bytes: Uint8Array,
  { encoding: asked, known }: { encoding?: string | undefined; known: (name: string) => boolean },
): SourceTable {
  const { text, encoding } = decodeText(bytes, asked);
  const separator = separatorOf(text);
  const grid = gridOf(text, separator);
  const { columns, rows, notes } = tableOf(grid, known);
  return { format: 'csv', encoding, columns, rows, notes: [...notes, ...shortLines(grid, rows, columns.length)] };
}

function shortLines(grid: readonly GridRow[], rows: readonly RawRow[], columns: number): Text[] {
  const proper = new Set(rows.map(({ row }) => row));
  const short = grid.filter(({ row, cells }) => proper.has(row) && cells.length < columns).map(({ row }) => row);
  return shortSaid(short, short.length, columns);
}

/**
 * Tells of lines that end before the last column: some programs leave empty cells away, others break a line in the middle.
 *
 * @param short the first of them
 */
export function shortSaid(short: readonly number[], count: number, columns: number): Text[] {
  if (count === 0) return [];
  const some = short.slice(0, 10);
  const more = count > some.length ? ' …' : '';
  return [
    {
      zh: `${count} 行少于 ${columns} 个单元格，缺的视为空：第 ${some.join('、')} 行${more}`,
      en: `${count} lines have fewer than ${columns} cells, the rest taken as empty: ${some.join(', ')}${more}`,
    },
  ];
}

/** The separator that the first lines have most alike: as often in each, and outside of quotation marks. */
export function separatorOf(text: string): string {
  const lines = text
    .slice(0, 64 * 1024)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 30)
    .map((line) => line.replace(/"[^"]*"/g, ''));
  let best: { separator: string; score: number } = { separator: ',', score: 0 };
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const most = new Map<number, number>();
    for (const count of counts) if (count > 0) most.set(count, (most.get(count) ?? 0) + 1);
    const alike = Math.max(0, ...most.values());
    if (alike > best.score) best = { separator, score: alike };
  }
  return best.separator;
}

function gridOf(text: string, separator: string): GridRow[] {
  const grid: GridRow[] = [];
  let held = 0;
  const lines = csvLines(separator, (row) => {
    held += row.cells.length;
    if (held > IMPORT_LIMITS.cells) throw tooManyCells();
    grid.push(row);
  });
  try {
    parse(text, { ...lines.options, to: IMPORT_LIMITS.rows + BESIDE });
  } catch (error) {
    throw lines.explained(error);
  }
  if (grid.length >= IMPORT_LIMITS.rows + BESIDE) throw tooManyRows();
  return grid;
}

/** How the parser is to read separated text. @param take hears of each row */
export function csvLines(separator: string, take: (row: GridRow) => void) {
  let line = 1;
  return {
    options: {
      delimiter: separator,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: IMPORT_LIMITS.columns * IMPORT_LIMITS.cell,
      on_record: (cells: string[], { lines }: { lines: number }) => {
        // `lines` is that of the record's end.
        const breaks = cells.reduce((n, cell) => n + lineBreaks(cell), 0);
        line = lines - breaks;
        if (cells.length > 2 * IMPORT_LIMITS.columns) throw tooManyColumns();
        if (cells.some((cell) => cell.length > IMPORT_LIMITS.cell)) throw tooLongCell(line);
        take({ row: line, cells: cells.map((cell) => chineseDate(cell) ?? (cell === '' ? null : cell)) });
        return null;
      },
    },
    /** What the parser threw as one that says where. */
    explained: (error: unknown): unknown => (error instanceof CsvError ? brokenText(error, line) : error),
  };
}

const lineBreaks = (cell: string): number => (cell.includes('\n') ? cell.split('\n').length - 1 : 0);

function brokenText(error: CsvError, after: number) {
  return error.code === 'CSV_QUOTE_NOT_CLOSED'
    ? refusal(
        { zh: `第 ${after} 行之后有引号没有结束`, en: `a quotation mark after line ${after} is not closed` },
        { zh: '请补上或删去该引号', en: 'Close it, or take it away.' },
        error,
      )
    : refusal(
        { zh: `第 ${after} 行之后无法读取（${error.code}）`, en: `cannot be read after line ${after} (${error.code})` },
        { zh: '请用原软件另存为 UTF-8 编码的 CSV，或 .xlsx', en: 'Save it again as CSV in UTF-8, or as .xlsx.' },
        error,
      );
}

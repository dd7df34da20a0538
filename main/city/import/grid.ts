import type { Text } from '../../../core/words.ts';
import type { Said } from '../../config/issue.ts';
import { cellText, isBlank } from './cellText.ts';
import { IMPORT_LIMITS, tooManyColumns, tooManyRows } from './limits.ts';
import { type Cell, noValues, type RawRow } from './table.ts';

/** A row of a sheet or a text, before anybody knows which one holds the columns' names. */
export interface GridRow {
  /** As the person sees it. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** Sums of the rows above, which are rows of nothing. */
const TOTAL = /^(?:合计|总计|小计|共计|total)(?::|$)/i;
/** What is said below a table and not in it. */
const REMARK = /^(?:注|备注|说明|填表人|制表人?|审核人?|填报单位|填报日期)(?::|$)/;

/** The names are looked for in so many rows. */
const HEAD_WITHIN = 20;

const filled = (cells: readonly Cell[]): number => cells.reduce<number>((n, cell) => n + (isBlank(cell) ? 0 : 1), 0);
const isNumber = (cell: Cell): boolean => typeof cell === 'number' || /^[+-]?\d+(\.\d+)?$/.test(cellText(cell));

/** What the head of a table says: its columns, and how a row below it is read. */
export interface TableHead {
  readonly columns: readonly string[];
  /** The last row of the head, as the person sees it; 0 where there is none. */
  readonly row: number;
  /** Null for a row without anything in it. */
  read(row: GridRow): RawRow | 'passed' | null;
}

/**
 * Finds the columns' names, which may stand below a title and in two rows, the upper one for groups (`坐标 | 坐标` over `经度 | 纬度` gives
 * `坐标/经度`). Totals and remarks at the foot, and names that are printed again on every page, are passed.
 *
 * @param grid the whole table, or its beginning
 * @param known whether a name is one that columns usually have
 */
export function headOf(grid: readonly GridRow[], known: (name: string) => boolean): TableHead {
  const full = grid.filter(({ cells }) => !cells.every(isBlank));
  const at = headAt(full, known);
  const head = full[at];
  if (!head) return { columns: [], row: 0, read: () => null };
  const second = full[at + 1];
  const groups = second !== undefined && isSecondHead(head.cells, second.cells);
  const width = Math.max(widthOf(head.cells), groups ? widthOf(second.cells) : 0);
  if (width > IMPORT_LIMITS.columns) throw tooManyColumns();
  const columns = unique(
    Array.from({ length: width }, (_, i) => nameOf(groups ? [head.cells, second.cells] : [head.cells], i)),
  );
  const isHead = (cells: readonly Cell[]) =>
    cells.length === head.cells.length && cells.every((cell, i) => cellText(cell) === cellText(head.cells[i] ?? null));
  return {
    ...{ columns, row: groups ? second.row : head.row },
    read({ row, cells }) {
      if (cells.every(isBlank)) return null;
      return isHead(cells) || isBelow(cells, width) ? 'passed' : rowOf(row, cells, columns);
    },
  };
}

/** The rows of a table below its head, and what was passed over, told. */
export function tableOf(
  grid: readonly GridRow[],
  known: (name: string) => boolean,
): { columns: readonly string[]; rows: RawRow[]; notes: Text[] } {
  const head = headOf(grid, known);
  const passed: number[] = [];
  const rows: RawRow[] = [];
  for (const each of grid) {
    if (each.row <= head.row) continue;
    const read = head.read(each);
    if (read === 'passed') passed.push(each.row);
    else if (read !== null) rows.push(read);
    if (rows.length > IMPORT_LIMITS.rows) throw tooManyRows();
  }
  return { columns: head.columns, rows, notes: passedOver(passed) };
}

function headAt(full: readonly GridRow[], known: (name: string) => boolean): number {
  const top = full.slice(0, HEAD_WITHIN);
  const spoken = top.findIndex(({ cells }) => distinct(cells).filter(known).length >= 2);
  if (spoken >= 0) {
    // A row of groups may hold no more than one usual name: it is the one above, if the two fit.
    const above = top[spoken - 1];
    return above && distinct(above.cells).length > 1 && isSecondHead(above.cells, top[spoken]?.cells ?? [])
      ? spoken - 1
      : spoken;
  }
  const usual = Math.max(...full.slice(0, 50).map(({ cells }) => filled(cells)));
  const wide = top.findIndex(
    ({ cells }) => filled(cells) >= usual * 0.6 && (usual === 1 || distinct(cells).length > 1) && !cells.some(isNumber),
  );
  return Math.max(0, wide);
}

const distinct = (cells: readonly Cell[]): string[] => [...new Set(cells.map(cellText).filter((text) => text !== ''))];

/** Whether the lower row names the columns within groups of the upper: all that it adds stands below a name that spans several. */
function isSecondHead(upper: readonly Cell[], lower: readonly Cell[]): boolean {
  // `填报单位：水务局` is a remark above the table.
  if (lower.some(isNumber) || upper.some((cell) => /:./.test(cellText(cell)))) return false;
  const width = Math.max(widthOf(upper), widthOf(lower));
  let grouped = 0;
  for (let i = 0; i < width; i++) {
    const below = cellText(lower[i] ?? null);
    if (below === '' || below === cellText(upper[i] ?? null)) continue;
    if (groupOf(upper, i) === null) return false;
    grouped++;
  }
  return grouped >= 2;
}

/** The name that spans this column and others: repeated where the cells are one, or with nothing to its right. Null when it spans none. */
function groupOf(upper: readonly Cell[], i: number): string | null {
  let start = i;
  while (start > 0 && cellText(upper[start] ?? null) === '') start--;
  const name = cellText(upper[start] ?? null);
  if (name === '') return null;
  if (start < i) return name;
  const right = cellText(upper[i + 1] ?? null);
  const left = i > 0 ? cellText(upper[i - 1] ?? null) : '';
  return right === name || left === name || right === '' ? name : null;
}

function nameOf(heads: readonly (readonly Cell[])[], i: number): string {
  const [upper = [], lower] = heads;
  const own = cellText(upper[i] ?? null);
  const below = lower ? cellText(lower[i] ?? null) : '';
  if (below === '' || below === own) return own;
  const group = groupOf(upper, i);
  return group === null ? below : `${group}/${below}`;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.findLastIndex((cell) => !isBlank(cell)) + 1;
}

/** Names of which there are two get a number; a column without a name is called by its place. */
function unique(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, i) => {
    const wanted = name === '' ? `第${i + 1}列` : name;
    let free = wanted;
    for (let n = 2; taken.has(free); n++) free = `${wanted}(${n})`;
    taken.add(free);
    return free;
  });
}

function isBelow(cells: readonly Cell[], width: number): boolean {
  const first = cellText(cells.find((cell) => !isBlank(cell)) ?? null);
  if (TOTAL.test(first)) return true;
  return REMARK.test(first) && (width < 3 || filled(cells) <= width / 2 || distinct(cells).length === 1);
}

function rowOf(row: number, cells: readonly Cell[], columns: readonly string[]): RawRow {
  const values = noValues();
  for (const [i, column] of columns.entries()) values[column] = cells[i] ?? null;
  const width = widthOf(cells);
  return width > columns.length ? { row, values, fault: tooWide(width, columns.length) } : { row, values };
}

const tooWide = (width: number, columns: number): Said => ({
  message: {
    zh: `有 ${width} 个单元格，表头只有 ${columns} 列`,
    en: `has ${width} cells, and the head ${columns} columns`,
  },
  remedy: {
    zh: '请给含分隔符的文字加引号，或补全表头',
    en: 'Put text that holds a separator into quotation marks, or name the column.',
  },
});

/** Rows that were passed over, told; nothing where there are none. */
export function passedOver(rows: readonly number[]): Text[] {
  if (rows.length === 0) return [];
  const some = rows.slice(0, 10).join(', ');
  const more = rows.length > 10 ? ' …' : '';
  return [
    {
      zh: `略过 ${rows.length} 行合计、说明或重复的表头：第 ${some.replaceAll(', ', '、')} 行${more}`,
      en: `passed over ${rows.length} rows of totals, remarks or repeated names: ${some}${more}`,
    },
  ];
}

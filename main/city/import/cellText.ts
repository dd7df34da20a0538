import type { Cell } from './table.ts';

/** What people put where they have nothing to say. */
const NOTHING = /^(?:[-‐‑–—―/\\.、]+|无|暂无|空|未知|null|nil|none|nan|n\/a|#n\/a)$/i;

const PLAIN = /^[!-~\u4e00-\u9fff]*$/;

/** Whether there is nothing in a cell but blanks. */
export const isBlank = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '');

/** The text of a cell with full-width letters and digits made plain (NFKC), every run of blanks one, none at its ends. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  // Nearly every cell is plain already, and there are millions.
  if (typeof cell !== 'string' || PLAIN.test(cell)) return String(cell);
  return cell.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** The same, empty where the cell says in one of the usual ways that there is nothing. */
export function saidText(cell: Cell): string {
  const text = cellText(cell);
  return NOTHING.test(text) ? '' : text;
}

/** Text that is shown to people: its characters as they were written, every run of blanks one; empty where the cell says nothing. */
export function shownText(cell: Cell): string {
  return saidText(cell) === '' ? '' : String(cell).replace(/\s+/gu, ' ').trim();
}

/**
 * A number as tables have it: with full-width digits, commas between thousands, and a unit behind it.
 *
 * @returns null where nothing is said, NaN where it is no number
 */
export function cellNumber(cell: Cell): number | null {
  if (typeof cell === 'number') return cell;
  const text = saidText(cell);
  if (text === '') return null;
  const match = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+-]?\d+)?) ?(?:[^\d\s.,+-][^\d,]{0,9})?$/iu.exec(
    text,
  );
  return match?.[1] ? Number(match[1].replaceAll(',', '')) : Number.NaN;
}

/**
 * A date that was written out in Chinese, `2024年9月1日 14时05分`, as `2024-09-01 14:05`; null for every other text. The time is the
 * writer's own, and stays so.
 */
export function chineseDate(text: string): string | null {
  if (!text.includes('年')) return null;
  const match = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号](?: ?(\d{1,2})[时点:](?:(\d{1,2})分?)?(?::?(\d{1,2})秒?)?)?$/.exec(
    cellText(text),
  );
  if (!match) return null;
  const [, year, month, day, hour, minute = '0', second] = match;
  const two = (digits = '') => digits.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined) return date;
  return `${date} ${two(hour)}:${two(minute)}${second === undefined ? '' : `:${two(second)}`}`;
}

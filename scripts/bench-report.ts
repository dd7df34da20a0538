/** What measurements hand over, and how it is told: a table for people, figures for programs. */

/** What a figure has to keep to: at most so much, or at least, of the value or of the ratio. */
export type Limit = { readonly of: 'value' | 'ratio' } & ({ readonly most: number } | { readonly least: number });

/** One measured figure. */
export interface BenchRow {
  /** Names the figure for programs, the same in every run: `start-1m`. */
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** `value` over `against`. */
  readonly ratio?: number;
  /** What it is compared with, in the same unit and measured in the same run: a floor, or the plain way of doing the same. */
  readonly against?: number;
  readonly limit?: Limit;
}

/** Something that has a limit, and that the product cannot do yet: told to people, and no figure. */
export interface NotThereYet {
  readonly id: string;
  readonly what: string;
  readonly notThereYet: true;
}

/** Something whose measuring broke: told to people, and no figure. */
export interface Broken {
  readonly id: string;
  readonly what: string;
  /** Why. */
  readonly broke: string;
}

export type BenchResult = BenchRow | NotThereYet | Broken;

/** One figure as `--json` writes it; null where nothing was compared. */
export interface Figure {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number | null;
  readonly against: number | null;
}

export const isBroken = (result: BenchResult): result is Broken => 'broke' in result;
export const isRow = (result: BenchResult): result is BenchRow => !('notThereYet' in result || isBroken(result));

/** Whether a figure keeps its limit; undefined where it has none. One whose ratio was not taken does not keep a limit of it. */
export function isMet({ limit, ...row }: BenchRow): boolean | undefined {
  if (!limit) return undefined;
  const measured = row[limit.of] ?? Number.NaN;
  return 'most' in limit ? measured <= limit.most : measured >= limit.least;
}

/** @throws Error when two figures have one id: whoever reads them would take one for the other. */
export function figuresOf(results: readonly BenchResult[]): Figure[] {
  const figures = results.filter(isRow).map(({ id, value, unit, ratio = null, against = null }) => {
    return { id, value, unit, ratio, against };
  });
  const ids = new Set<string>();
  for (const { id } of figures) {
    if (ids.has(id)) throw new Error(`two figures are called ${id}`);
    ids.add(id);
  }
  return figures;
}

/** Figures of a thousand and more without decimals, because nothing here is that exact. */
const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : 2 });

function limitText({ limit, unit }: BenchRow): string {
  if (!limit) return '';
  const said = (bound: number) => (limit.of === 'ratio' ? `× ${number(bound)}` : `${number(bound)} ${unit}`);
  return 'most' in limit ? `≤ ${said(limit.most)}` : `≥ ${said(limit.least)}`;
}

function cellsOf(result: BenchResult): string[] {
  if (isBroken(result)) return [result.what, '', `broke: ${result.broke}`, '', '', '', ''];
  if (!isRow(result)) return [result.what, '', 'not there yet', '', '', '', ''];
  const { what, value, unit, ratio, against } = result;
  const met = isMet(result);
  const verdict = met === undefined ? '' : met ? 'met' : 'missed';
  const compared = [
    ratio === undefined ? '' : `× ${ratio.toFixed(2)}`,
    against === undefined ? '' : `of ${number(against)}`,
  ];
  return [what, number(value), unit, ...compared, limitText(result), verdict];
}

/** Rows as aligned text. */
export function benchTable(results: readonly BenchResult[]): string {
  const cells = results.map(cellsOf);
  const width = (column: number) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0));
  const left = new Set([0, 2, 4, 5, 6]);
  return cells
    .map((row) =>
      `  ${row.map((cell, i) => (left.has(i) ? cell.padEnd(width(i)) : cell.padStart(width(i)))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

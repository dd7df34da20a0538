import type { QuerySpec } from '../define.ts';
import { ContractError, firstIssue } from '../errors.ts';
import type { PatchFrame, Total } from './frames.ts';

/** What a query comes to at one moment. */
export interface Answer<Row> {
  readonly rows: readonly Row[];
  readonly total: Total;
  /** Where the next page begins, for `after`; null when this one is the last. */
  readonly more: string | null;
}

/** An answer as it goes onto the wire: its rows in order, each with its key and its JSON. */
export interface Page {
  readonly rows: ReadonlyMap<string, string>;
  readonly total: Total;
  readonly more: string | null;
  /** The patch that was last asked for, so that it is made once, however many windows are sent it. */
  patch: { readonly from: Page; readonly body: string | null } | null;
}

/**
 * Makes a page of an answer.
 *
 * @param before the page that the windows have: rows that are as they were in it are not checked again
 * @throws ContractError 'bad-response' naming the row and the field when a row breaks its schema, or two have one key
 */
export function pageOf(name: string, { row: schema, key }: QuerySpec, answer: Answer<object>, before?: Page): Page {
  const rows = new Map<string, string>();
  for (const row of answer.rows) {
    const id = String((row as Record<string, unknown>)[key]);
    const text = JSON.stringify(row);
    if (rows.has(id)) throw new ContractError('bad-response', `${name}: two rows are called ${id}`, { field: key });
    if (before?.rows.get(id) !== text) check(name, schema, id, row);
    rows.set(id, text);
  }
  return { rows, total: answer.total, more: answer.more, patch: null };
}

function check(name: string, schema: QuerySpec['row'], id: string, row: object): void {
  const read = schema.safeParse(row);
  if (read.success) return;
  const { field, message } = firstIssue(read.error);
  throw new ContractError('bad-response', `${name}: row ${id}: ${field || 'row'}: ${message}`, { field });
}

/** JSON of the members of a `rows` frame. */
export function rowsBody({ rows, total, more }: Page): string {
  return `"rows":[${entries(rows)}],"total":${JSON.stringify(total)},"more":${JSON.stringify(more)}`;
}

/** JSON of the members of a `patch` frame that makes one page of another; null when they are the same. */
export function patchBody(from: Page, to: Page): string | null {
  if (to.patch?.from !== from) to.patch = { from, body: makePatch(from, to) };
  return to.patch.body;
}

function makePatch(from: Page, to: Page): string | null {
  const del = [...from.rows.keys()].filter((key) => !to.rows.has(key));
  const set = [...to.rows].filter(([key, text]) => from.rows.get(key) !== text);
  const at = placed(
    [...from.rows.keys()].filter((key) => to.rows.has(key)),
    [...to.rows.keys()],
  );
  const total = to.total.count !== from.total.count || to.total.exact !== from.total.exact;
  const more = to.more !== from.more;
  if (del.length === 0 && set.length === 0 && at.length === 0 && !total && !more) return null;
  let body = `"set":[${entries(set)}],"del":${JSON.stringify(del)}`;
  if (at.length > 0) body += `,"at":${JSON.stringify(at)}`;
  if (total) body += `,"total":${JSON.stringify(to.total)}`;
  if (more) body += `,"more":${JSON.stringify(to.more)}`;
  return body;
}

function entries(rows: Iterable<readonly [string, string]>): string {
  return Array.from(rows, ([key, text]) => `[${JSON.stringify(key)},${text}]`).join();
}

/** The keys that have to be put at an index, ascending, when the others stay in the order they have. */
function placed(kept: readonly string[], wanted: readonly string[]): [key: string, index: number][] {
  const rank = new Map(kept.map((key, index) => [key, index]));
  const stay = longestRise(wanted.flatMap((key) => rank.get(key) ?? []));
  return wanted.flatMap((key, index): [string, number][] => (stay.has(rank.get(key) ?? -1) ? [] : [[key, index]]));
}

/** The members of a longest rising subsequence, by patience sorting. */
function longestRise(ranks: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const rank of ranks) {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < rank) low = middle + 1;
      else high = middle;
    }
    before.set(rank, ends[low - 1]);
    ends[low] = rank;
  }
  const rise = new Set<number>();
  for (let rank = ends.at(-1); rank !== undefined; rank = before.get(rank)) rise.add(rank);
  return rise;
}

/**
 * The rows after a patch, in order. A key that the patch puts somewhere without there being a row of it is passed over.
 *
 * @param rows the rows before it, in order; left as they are
 * @param set the rows of the patch, read
 */
export function patched<Row>(
  rows: ReadonlyMap<string, Row>,
  { del, at = [] }: Pick<PatchFrame, 'del' | 'at'>,
  set: ReadonlyMap<string, Row>,
): Map<string, Row> {
  const moved = new Set(at.map(([key]) => key));
  const gone = new Set(del);
  const order = [...rows.keys()].filter((key) => !gone.has(key) && !moved.has(key));
  for (const [key, index] of at) order.splice(index, 0, key);
  const after = new Map<string, Row>();
  for (const key of order) {
    const row = set.has(key) ? set.get(key) : rows.get(key);
    if (row !== undefined) after.set(key, row);
  }
  return after;
}

import { ContractError } from '../../contract/errors.ts';
import type { Answer } from '../../contract/wire/page.ts';

/**
 * A page of a list that is in memory.
 *
 * @param page `after`: the key of the last row of the page before
 * @throws ContractError 'not-found' when that row is not in the list any more
 */
export function listPage<Row>(
  list: readonly Row[],
  keyOf: (row: Row) => string,
  { limit, after }: { limit: number; after?: string | undefined },
): Answer<Row> {
  const from = after === undefined ? 0 : list.findIndex((row) => keyOf(row) === after) + 1;
  if (after !== undefined && from === 0)
    throw new ContractError('not-found', 'the list has changed: begin again at its first page', { field: 'after' });
  const rows = list.slice(from, from + limit);
  const last = rows.at(-1);
  const more = last !== undefined && from + limit < list.length ? keyOf(last) : null;
  return { rows, total: { count: list.length, exact: true }, more };
}

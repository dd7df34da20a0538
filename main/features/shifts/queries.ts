import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { HandoverRow } from '../../../contract/features/shifts.ts';
import type { queries } from '../../../contract/index.ts';
import { handoverAggregate } from '../../../core/shifts/handover.ts';
import type { Domain } from '../../domain/domain.ts';
import type { ListAnswerer, OneAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder } from '../../wire/readers.ts';
import { handoverView } from './view.ts';

type Wanted = z.output<(typeof queries)['shifts.list']['params']>;

/** So many that fit are counted. */
const COUNTED = 2000;

/** Where a page begins: after the handover `id`, begun `at`. */
const CURSOR = /^(\d{1,16})\.(.{1,250})$/s;

/** What to read for a page; one row more than is shown tells whether there are more. */
export function handoversOrder({ seat, limit, after }: Wanted): ReadOrder {
  const values: Record<string, string | number> = { limit: limit + 1, ...(seat === undefined ? {} : { seat }) };
  const where = seat === undefined ? [] : ['seat = :seat'];
  const having = () => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);
  const count = { sql: `SELECT 1 FROM handovers${having()}`, most: COUNTED };
  if (after !== undefined) {
    const [, at, id] = CURSOR.exec(after) ?? [];
    if (id === undefined)
      throw new ContractError('bad-request', 'shifts.list: after: is no page of this list', { field: 'after' });
    where.push('(begun_at, id) < (:at, :id)');
    Object.assign(values, { at: Number(at), id });
  }
  const columns =
    'id, seat, state, handed_by AS "from", taken_by AS "to", begun_at AS begunAt, ended_at AS endedAt, unseen';
  return {
    sql: `SELECT ${columns} FROM handovers${having()} ORDER BY begun_at DESC, id DESC LIMIT :limit`,
    ...{ values, count },
  };
}

/** Lists of handovers are read from their table, one of them from its state. */
export function shiftQueries({ domain, readers }: { domain: Pick<Domain, 'of'>; readers: Pick<Readers, 'read'> }): {
  'shifts.list': ListAnswerer<'shifts.list'>;
  'shifts.one': OneAnswerer<'shifts.one'>;
} {
  const handovers = domain.of(handoverAggregate);
  return {
    'shifts.list': {
      reads: ['handovers'],
      async answer(wanted) {
        const { rows, count, exact } = await readers.read(handoversOrder(wanted));
        const shown = rows.slice(0, wanted.limit) as unknown as HandoverRow[];
        const last = shown.at(-1);
        const more = rows.length > wanted.limit && last ? `${last.begunAt}.${last.id}` : null;
        return { rows: shown, total: { count, exact }, more };
      },
    },
    'shifts.one': {
      reads: ({ id }) => [id],
      atOnce({ id }) {
        const view = handoverView(handovers.get(id));
        const rows = view ? [view] : [];
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
  };
}

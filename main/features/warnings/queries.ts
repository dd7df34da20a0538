import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { WarningRow, WarningShape } from '../../../contract/features/warnings.ts';
import type { queries } from '../../../contract/index.ts';
import { warningAggregate } from '../../../core/warnings/warning.ts';
import type { Domain } from '../../domain/domain.ts';
import type { ListAnswerer, OneAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder } from '../../wire/readers.ts';
import { warningShape, warningView } from './view.ts';

type Wanted = z.output<(typeof queries)['warnings.list']['params']>;

/** So many that fit are counted. */
const COUNTED = 2000;
/** Warnings whose outlines are drawn at a time, and points they have together. */
const MOST_SHAPES = 100;
const MOST_SHOWN_POINTS = 8000;

/** Where a page begins: after the warning `id`, of the level, sent or ended `at`. */
const CURSOR = /^([1-4])\.(\d{1,16})\.(.{1,250})$/;

/** What to read for a page; one row more than is shown tells whether there are more. */
export function warningsOrder({ state, ids, limit, after }: Wanted): ReadOrder {
  const values: Record<string, string | number> = { limit: limit + 1 };
  if (ids !== undefined) {
    const sql = 'SELECT line FROM warnings WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id LIMIT :limit';
    return { sql, values: { ...values, ids: JSON.stringify(ids) } };
  }
  const holding = state === 'holding';
  const where = [`holds = ${holding ? 1 : 0}`];
  const count = { sql: `SELECT 1 FROM warnings WHERE ${where}`, most: COUNTED };
  if (after !== undefined) {
    const [, level, at, id] = CURSOR.exec(after) ?? [];
    if (id === undefined)
      throw new ContractError('bad-request', 'warnings.list: after: is no page of this list', { field: 'after' });
    Object.assign(values, { at: Number(at), id }, holding ? { level: Number(level) } : {});
    where.push(
      holding
        ? '(level > :level OR (level = :level AND (sent < :at OR (sent = :at AND id > :id))))'
        : '(ended_at, id) < (:at, :id)',
    );
  }
  const by = holding ? 'level, sent DESC, id' : 'ended_at DESC, id DESC';
  return {
    sql: `SELECT line FROM warnings WHERE ${where.join(' AND ')} ORDER BY ${by} LIMIT :limit`,
    ...{ values, count },
  };
}

/** Lists of warnings are read from their table, one of them, and their outlines, from their states. */
export function warningQueries({ domain, readers }: { domain: Pick<Domain, 'of'>; readers: Pick<Readers, 'read'> }): {
  'warnings.list': ListAnswerer<'warnings.list'>;
  'warnings.one': OneAnswerer<'warnings.one'>;
  'warnings.shapes': ListAnswerer<'warnings.shapes'>;
} {
  const warnings = domain.of(warningAggregate);
  return {
    'warnings.list': {
      reads: ['warnings'],
      async answer(wanted) {
        const { rows, count, exact } = await readers.read(warningsOrder(wanted));
        const lines = rows.map(({ line }) => JSON.parse(String(line)) as WarningRow);
        const shown = lines.slice(0, wanted.limit);
        const last = shown.at(-1);
        const more =
          lines.length > wanted.limit && last ? `${last.level}.${last.endedAt ?? last.sent}.${last.id}` : null;
        return { rows: shown, total: { count, exact }, more };
      },
    },
    'warnings.one': {
      reads: ({ id }) => [id],
      atOnce({ id }) {
        const view = warningView(warnings.get(id));
        const rows = view ? [view] : [];
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
    'warnings.shapes': {
      reads: ['warnings'],
      answer({ also }) {
        const holding = [...warnings.staying()].map(([, warning]) => warning);
        const shapes = [...(also === undefined ? [] : [warnings.get(also)]), ...holding].flatMap(
          (warning) => warningShape(warning) ?? [],
        );
        const rows = thatAMapBears(shapes, also);
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
  };
}

/** The one that is asked for, then the worst, as many as a map bears. */
function thatAMapBears(shapes: readonly WarningShape[], also: string | undefined): WarningShape[] {
  const first = (shape: WarningShape) => (shape.id === also ? 0 : shape.level);
  const each = new Map(shapes.map((shape) => [shape.id, shape]));
  let points = 0;
  return [...each.values()]
    .sort((a, b) => first(a) - first(b))
    .slice(0, MOST_SHAPES)
    .filter(({ polygons, circles }) => {
      const its = polygons.reduce((sum, ring) => sum + ring.length, circles.length);
      if (points + its > MOST_SHOWN_POINTS) return false;
      points += its;
      return true;
    });
}

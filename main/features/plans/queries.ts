import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { RunRow } from '../../../contract/features/plans.ts';
import type { queries } from '../../../contract/index.ts';
import { incidentAggregate } from '../../../core/incidents/incident.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import type { Domain } from '../../domain/domain.ts';
import type { ListAnswerer, OneAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder, ReadRows } from '../../wire/readers.ts';
import type { Readiness } from './readiness.ts';
import { runView } from './view.ts';

type Wanted = z.output<(typeof queries)['runs.list']['params']>;

/** So many that fit are counted. */
const COUNTED = 2000;

/** Where a page begins: after the run `id`, launched `at`. */
const CURSOR = /^(\d{1,16})\.(.{1,250})$/s;

const COLUMNS = [
  ...['id', 'incident', 'plan', 'version', 'name_zh', 'name_en', 'departments', 'done', 'skipped', 'total'],
  ...['launched_at', 'ended_at', 'outcome'],
].join(', ');

/** What to read for a page; one row more than is shown tells whether there are more. */
export function runsOrder({ state, incident, limit, after }: Wanted): ReadOrder {
  const values: Record<string, string | number> = { limit: limit + 1 };
  const where: string[] = [];
  if (state !== undefined) where.push(state === 'ended' ? 'ended_at IS NOT NULL' : 'ended_at IS NULL');
  if (incident !== undefined) {
    where.push('incident = :incident');
    values.incident = incident;
  }
  const having = () => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);
  const count = { sql: `SELECT 1 FROM runs${having()}`, most: COUNTED };
  if (after !== undefined) {
    const [, at, id] = CURSOR.exec(after) ?? [];
    if (id === undefined)
      throw new ContractError('bad-request', 'runs.list: after: is no page of this list', { field: 'after' });
    where.push('(launched_at, id) < (:at, :id)');
    Object.assign(values, { at: Number(at), id });
  }
  const sql = `SELECT ${COLUMNS} FROM runs${having()} ORDER BY launched_at DESC, id DESC LIMIT :limit`;
  return { sql, values, count };
}

function rowOf(row: ReadRows['rows'][number]): RunRow {
  const { id, incident, plan, version, done, skipped, total, outcome } = row;
  return {
    ...{ id, incident, plan, version, done, skipped, total, outcome },
    name: { zh: row.name_zh, en: row.name_en },
    departments: JSON.parse(String(row.departments)),
    state: row.ended_at === null ? 'running' : 'ended',
    launchedAt: row.launched_at,
    endedAt: row.ended_at,
  } as RunRow;
}

/** Lists of runs are read from their table, one of them from its state. */
export function runQueries({
  domain,
  readers,
  readiness,
}: {
  domain: Pick<Domain, 'of'>;
  readers: Pick<Readers, 'read'>;
  readiness: Pick<Readiness, 'since'>;
}): {
  'runs.list': ListAnswerer<'runs.list'>;
  'runs.one': OneAnswerer<'runs.one'>;
  'runs.steps': OneAnswerer<'runs.steps'>;
} {
  const runs = domain.of(runAggregate);
  const incidents = domain.of(incidentAggregate);
  return {
    'runs.list': {
      reads: ['runs'],
      async answer(wanted) {
        const { rows, count, exact } = await readers.read(runsOrder(wanted));
        const shown = rows.slice(0, wanted.limit);
        const last = shown.at(-1);
        const more = rows.length > wanted.limit && last ? `${last.launched_at}.${last.id}` : null;
        return { rows: shown.map(rowOf), total: { count, exact }, more };
      },
    },
    'runs.one': {
      // Which run goes before another of the same plan is the incident's to say (I6).
      reads: ({ id }) => [id, runs.get(id).incident],
      atOnce({ id }) {
        const run = runs.get(id);
        const view = runView(run, incidents.get(run.incident), readiness.since(id));
        const rows = view ? [view] : [];
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
    'runs.steps': {
      reads: (wanted) => wanted.runs,
      atOnce(wanted) {
        const rows = [...new Set(wanted.runs)].flatMap((id) => {
          const { plan } = runs.get(id);
          const steps = plan?.steps.map(({ id, title, options }) => ({ id, title, options }));
          return plan && steps ? [{ id, name: plan.name, steps }] : [];
        });
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
  };
}

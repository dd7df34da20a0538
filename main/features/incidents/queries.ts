import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { IncidentRow } from '../../../contract/features/incidents.ts';
import type { queries } from '../../../contract/index.ts';
import type { Answer } from '../../../contract/wire/page.ts';
import { callAggregate, incidentOfCall } from '../../../core/calls/call.ts';
import { incidentAggregate } from '../../../core/incidents/incident.ts';
import { typedWords } from '../../../core/search/words.ts';
import type { Domain } from '../../domain/domain.ts';
import type { ListAnswerer, OneAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder, ReadRows } from '../../wire/readers.ts';
import { incidentView } from './view.ts';

type Wanted = z.output<(typeof queries)['incidents.list']['params']>;

/** So many that fit are counted. */
const COUNTED = 2000;
/** Of a name a line shows this much; the whole is in `incidents.one`. */
const NAME_CHARS = 200;

/** Where a page begins: after the row `n`, of the level and the time `at`. */
const CURSOR = /^([1-4])\.(\d{1,16})\.(\d{1,16})$/;

const NOTHING: Answer<never> = { rows: [], total: { count: 0, exact: true }, more: null };

const beginning = (column: string) => `substr(${column}, 1, ${NAME_CHARS}) AS ${column}`;
const COLUMNS = [
  ...['n', 'id', 'type', 'level', 'state', 'alarm', 'opened_at', 'closed_at', 'lon', 'lat', 'notes', 'unseen'],
  ...['merged_into', 'owner', 'changes'],
  ...['title_zh', 'title_en', 'place_zh', 'place_en'].map(beginning),
].join(', ');

/** What to read for a page; one row more than is shown tells whether there are more. Null when nothing can be found. */
export function incidentsOrder(wanted: Wanted): ReadOrder | null {
  const { state, level, type, unseen, ids, bounds, text, order, limit, after } = wanted;
  const values: Record<string, string | number> = { limit: limit + 1 };
  const where: string[] = [];
  const fits = (sql: string, named: Record<string, string | number> = {}): void => {
    where.push(sql);
    Object.assign(values, named);
  };
  // As it stands, not as a value: the indexes of those that are open, and of those with conflicts, hold these alone.
  if (state !== undefined) fits(`state = '${state}'`);
  if (unseen !== undefined) fits(unseen ? 'unseen > 0' : 'unseen = 0');
  if (level !== undefined) fits('level = :level', { level });
  if (type !== undefined) fits('type = :type', { type });
  if (ids !== undefined) fits('id IN (SELECT value FROM json_each(:ids))', { ids: JSON.stringify(ids) });
  if (bounds) fits('lon BETWEEN :west AND :east AND lat BETWEEN :south AND :north', { ...bounds });
  if (text !== undefined) {
    const match = typedWords(text);
    if (match === null) return null;
    fits('n IN (SELECT rowid FROM incidents_words WHERE incidents_words MATCH :match)', { match });
  }
  const count = { sql: `SELECT 1 FROM incidents${whereOf(where)}`, most: COUNTED };
  if (after !== undefined) {
    const [, worst, at, n] = CURSOR.exec(after) ?? [];
    if (n === undefined)
      throw new ContractError('bad-request', 'incidents.list: after: is no page of this list', { field: 'after' });
    const older = '(opened_at, n) < (:at, :n)';
    fits(order === 'level' ? `level >= :worst AND (level > :worst OR ${older})` : older, {
      at: Number(at),
      n: Number(n),
    });
    if (order === 'level') values.worst = Number(worst);
  }
  const by = order === 'level' ? 'level, opened_at DESC, n DESC' : 'opened_at DESC, n DESC';
  return { sql: `SELECT ${COLUMNS} FROM incidents${whereOf(where)} ORDER BY ${by} LIMIT :limit`, values, count };
}

const whereOf = (where: readonly string[]) => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);

function rowOf(row: ReadRows['rows'][number]): IncidentRow {
  const { id, type, level, state, alarm, notes, unseen, owner, changes } = row;
  return {
    ...{ id, type, level, state, alarm, notes, unseen, owner, changes },
    into: row.merged_into,
    title: { zh: row.title_zh, en: row.title_en },
    place: { lon: row.lon, lat: row.lat, name: { zh: row.place_zh, en: row.place_en } },
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  } as IncidentRow;
}

/** Lists of incidents are read from their table, one of them from its state. */
export function incidentQueries({ domain, readers }: { domain: Pick<Domain, 'of'>; readers: Pick<Readers, 'read'> }): {
  'incidents.list': ListAnswerer<'incidents.list'>;
  'incidents.one': OneAnswerer<'incidents.one'>;
  'calls.told': OneAnswerer<'calls.told'>;
} {
  return {
    'incidents.list': {
      reads: ['incidents'],
      async answer(wanted) {
        const order = incidentsOrder(wanted);
        if (order === null) return NOTHING;
        const { rows, count, exact } = await readers.read(order);
        const shown = rows.slice(0, wanted.limit);
        const last = shown.at(-1);
        const more = rows.length > wanted.limit && last ? `${last.level}.${last.opened_at}.${last.n}` : null;
        return { rows: shown.map(rowOf), total: { count, exact }, more };
      },
    },
    'incidents.one': {
      reads: ({ id }) => [id],
      atOnce({ id }) {
        const view = incidentView(domain.of(incidentAggregate).get(id));
        return view ? { rows: [view], total: { count: 1, exact: true }, more: null } : NOTHING;
      },
    },
    'calls.told': {
      reads: ({ calls }) => calls,
      atOnce(wanted) {
        const rows = [...new Set(wanted.calls)].flatMap((id) => {
          const call = domain.of(callAggregate).get(id);
          const became = incidentOfCall(call);
          const { title, place, state } = domain.of(incidentAggregate).get(became ?? '');
          const incident = became === null || state === 'unknown' ? null : { id: became, title, place };
          return call.came === null ? [] : [{ id, text: call.text, caller: call.about.caller ?? null, incident }];
        });
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
  };
}

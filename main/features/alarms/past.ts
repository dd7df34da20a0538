import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { NuisanceRow, PastAlarmRow } from '../../../contract/features/alarms.ts';
import type { queries } from '../../../contract/index.ts';
import type { Stream } from '../../../core/ledger/stream.ts';
import { initialsWord } from '../../../core/search/pairInitials.ts';
import { typedWords } from '../../../core/search/words.ts';
import type { ListAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder, ReadRows } from '../../wire/readers.ts';

type Wanted<Q extends 'alarms.history' | 'alarms.nuisances'> = z.output<(typeof queries)[Q]['params']>;

/** So many that fit are counted. */
const COUNTED = 2000;
/** Of a name a line shows this much; the whole is in `alarms.one`. */
const NAME_CHARS = 200;
const HOUR_MS = 3_600_000;
/** One that was raised once is none that comes often. */
const OFTEN = 2;
/** One that clears so often within an hour chatters. */
const CHATTERS = 3;

/** Where a page begins: after the row `n`, which came last at the time `at`. */
const CURSOR = /^(\d{1,16})\.(\d{1,16})$/;

const beginning = (column: string) => `substr(alarms.${column}, 1, ${NAME_CHARS}) AS ${column}`;
const COLUMNS = [
  ...['n', 'id', 'rule', 'level', 'state', 'lon', 'lat', 'raised_at', 'cleared_at', 'incident'].map(
    (column) => `alarms.${column}`,
  ),
  ...['title_zh', 'title_en', 'place_zh', 'place_en'].map(beginning),
].join(', ');

/** Events of a type in the log, in a span of time: it knows every occurrence of an alarm, its own table the last. */
const logged = (type: 'alarm.raised' | 'alarm.cleared', span: readonly string[]) =>
  `FROM log WHERE ${[`type = ${numbered(`'${type}'`)}`, `stream = ${numbered(':stream')}`, ...span].join(' AND ')}`;
const numbered = (name: string) => `(SELECT id FROM log_names WHERE name = ${name})`;

/** What to read for a page of past alarms; one row more than is shown tells whether there are more. Null when nothing can be found. */
export function historyOrder(wanted: Wanted<'alarms.history'>, stream: Stream): ReadOrder | null {
  const { from, until, level, rule, bounds, text, limit, after } = wanted;
  const values: Record<string, string | number> = { limit: limit + 1 };
  const where: string[] = [];
  const fits = (sql: string, named: Record<string, string | number> = {}): void => {
    where.push(sql);
    Object.assign(values, named);
  };
  const span: string[] = [];
  if (from !== undefined) span.push('at >= :from');
  if (until !== undefined) span.push('at < :until');
  if (span.length > 0) values.stream = stream;
  Object.assign(values, from === undefined ? {} : { from }, until === undefined ? {} : { until });
  const came = `(SELECT subject, count(*) AS times, max(at) AS at ${logged('alarm.raised', span)} GROUP BY subject) AS came`;
  const [rows, at, times] =
    span.length === 0
      ? ['alarms', 'alarms.raised_at', 'alarms.occurrence']
      : [`${came} CROSS JOIN alarms ON alarms.id = came.subject`, 'came.at', 'came.times'];
  if (level !== undefined) fits('alarms.level = :level', { level });
  if (rule !== undefined) fits('alarms.rule = :rule', { rule });
  if (bounds)
    fits('alarms.lon BETWEEN :west AND :east AND alarms.lat BETWEEN :south AND :north', {
      ...{ west: bounds.west, east: bounds.east, south: bounds.south, north: bounds.north },
    });
  if (text !== undefined) {
    const match = typedWords(text, (letters) => [initialsWord(letters)]);
    if (match === null) return null;
    fits('alarms.n IN (SELECT rowid FROM alarms_words WHERE alarms_words MATCH :match)', { match });
  }
  const count = { sql: `SELECT 1 FROM ${rows}${whereOf(where)}`, most: COUNTED };
  if (after !== undefined) {
    const [, last, n] = CURSOR.exec(after) ?? [];
    if (n === undefined)
      throw new ContractError('bad-request', 'alarms.history: after: is no page of this list', { field: 'after' });
    fits(`(${at}, alarms.n) < (:last, :n)`, { last: Number(last), n: Number(n) });
  }
  const columns = `${COLUMNS}, ${at} AS at, ${times} AS times`;
  return {
    sql: `SELECT ${columns} FROM ${rows}${whereOf(where)} ORDER BY ${at} DESC, alarms.n DESC LIMIT :limit`,
    values,
    count,
  };
}

const whereOf = (where: readonly string[]) => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);

const NUISANCE = {
  frequent: { where: `times >= ${OFTEN}`, order: 'times DESC, hourly DESC' },
  chattering: { where: `hourly >= ${CHATTERS}`, order: 'hourly DESC, times DESC' },
  standing: {
    where: 'alarms.cleared_at IS NULL AND alarms.raised_at < :standing',
    order: 'alarms.raised_at',
  },
} as const;

/** What to read for a list of nuisances. */
function nuisanceOrder({ by, from, standing, limit }: Wanted<'alarms.nuisances'>, stream: Stream): ReadOrder {
  const span = ['at >= :from'];
  const { where, order } = NUISANCE[by];
  // Of each clear how many there were in the hour that ended with it; the most of them is the alarm's figure.
  const went = `SELECT subject, count(*) OVER (PARTITION BY subject ORDER BY at RANGE BETWEEN ${HOUR_MS} PRECEDING AND CURRENT ROW) AS n ${logged('alarm.cleared', span)}`;
  return {
    sql: `WITH came AS MATERIALIZED (SELECT subject, count(*) AS times ${logged('alarm.raised', span)} GROUP BY subject),
        chatter AS MATERIALIZED (SELECT subject, max(n) AS hourly FROM (${went}) GROUP BY subject),
        counted AS (SELECT alarms.n AS counted_n, coalesce(came.times, 0) AS times, coalesce(chatter.hourly, 0) AS hourly
          FROM alarms LEFT JOIN came ON came.subject = alarms.id LEFT JOIN chatter ON chatter.subject = alarms.id)
      SELECT ${COLUMNS}, times, hourly FROM counted JOIN alarms ON alarms.n = counted_n WHERE ${where} ORDER BY ${order}, alarms.n LIMIT :limit`,
    values: { from, limit, stream, ...(by === 'standing' ? { standing } : {}) },
  };
}

type Row = ReadRows['rows'][number];

function cameRow(row: Row) {
  const { id, rule, level, state, incident } = row;
  return {
    ...{ id, rule, level, state, incident },
    title: { zh: row.title_zh, en: row.title_en },
    place: { lon: row.lon, lat: row.lat, name: { zh: row.place_zh, en: row.place_en } },
    raisedAt: row.raised_at,
    clearedAt: row.cleared_at,
  };
}

/**
 * Lists of alarms that came, read from their table and the log's.
 *
 * @param stream of this world's alarms: the log has others' too
 */
export function pastAlarms(
  readers: Pick<Readers, 'read'>,
  stream: Stream,
): {
  'alarms.history': ListAnswerer<'alarms.history'>;
  'alarms.nuisances': ListAnswerer<'alarms.nuisances'>;
} {
  return {
    'alarms.history': {
      reads: ['alarms'],
      async answer(wanted) {
        const order = historyOrder(wanted, stream);
        if (order === null) return { rows: [], total: { count: 0, exact: true }, more: null };
        const { rows, count, exact } = await readers.read(order);
        const shown = rows.slice(0, wanted.limit);
        const last = shown.at(-1);
        return {
          rows: shown.map((row) => ({ ...cameRow(row), at: row.at, times: row.times }) as PastAlarmRow),
          total: { count, exact },
          more: rows.length > wanted.limit && last ? `${last.at}.${last.n}` : null,
        };
      },
    },
    'alarms.nuisances': {
      reads: ['alarms'],
      async answer(wanted) {
        const { rows } = await readers.read(nuisanceOrder(wanted, stream));
        return {
          rows: rows.map((row) => ({ ...cameRow(row), times: row.times, hourly: row.hourly }) as NuisanceRow),
          total: { count: rows.length, exact: rows.length < wanted.limit },
          more: null,
        };
      },
    },
  };
}

import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { LogRow } from '../../../contract/features/log.ts';
import type { queries } from '../../../contract/index.ts';
import { initialsWord } from '../../../core/search/pairInitials.ts';
import { typedWords } from '../../../core/search/words.ts';
import type { ListAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder } from '../../wire/readers.ts';
import { ERA_TEXTS } from './texts.ts';

type Wanted = z.output<(typeof queries)['log.list']['params']>;

/** So many that fit are counted. */
const COUNTED = 2000;

/** Where a page begins: after the row `n`, of the time `at`. */
const CURSOR = /^(\d{1,16})\.(\d{1,16})$/;

/** What to read for a page; one row more than is shown tells whether there are more. Null when nothing can be found. */
export function logOrder(wanted: Wanted): ReadOrder | null {
  const values: Record<string, string | number> = { limit: wanted.limit + 1 };
  const where: string[] = [];
  const { kind, type, seat, subject } = wanted;
  for (const [column, value] of Object.entries({ kind, type, seat, subject })) {
    if (value === undefined) continue;
    const is = column === 'subject' ? ':subject' : `(SELECT id FROM log_names WHERE name = :${column})`;
    where.push(`log.${column} = ${is}`);
    values[column] = value;
  }
  if (wanted.from !== undefined) where.push('log.at >= :from');
  if (wanted.until !== undefined) where.push('log.at < :until');
  Object.assign(values, wanted.from === undefined ? {} : { from: wanted.from });
  Object.assign(values, wanted.until === undefined ? {} : { until: wanted.until });

  let from = 'log';
  let order = 'log.at DESC, log.n DESC';
  let after = '(log.at, log.n) < (:at, :n)';
  if (wanted.text !== undefined) {
    const match = typedWords(wanted.text, (letters) => [initialsWord(letters)]);
    if (match === null) return null;
    // By when the ledger took them: era by era from the last one on, until a page is full.
    from = 'log_eras AS era CROSS JOIN log_words CROSS JOIN log ON log.said = log_words.rowid';
    where.unshift(
      'log_words MATCH :match',
      `log_words.rowid > era.era * ${ERA_TEXTS}`,
      `log_words.rowid < (era.era + 1) * ${ERA_TEXTS}`,
    );
    values.match = match;
    order = 'era.era DESC, log.n DESC';
    after = 'era.begins < :n AND log.n < :n';
  }
  const count = { sql: `SELECT 1 FROM ${from}${whereOf(where)}`, most: COUNTED };
  if (wanted.after !== undefined) {
    const [, at, n] = CURSOR.exec(wanted.after) ?? [];
    if (n === undefined)
      throw new ContractError('bad-request', 'log.list: after: is no page of this list', { field: 'after' });
    where.push(after);
    if (wanted.text === undefined) values.at = Number(at);
    values.n = Number(n);
  }
  const id = `${named('stream')} || '/' || ${named('station')} || '-' || log.seq AS id`;
  const names = ['station', 'type', 'step', 'actor', 'seat'].map((column) => `${named(column)} AS ${column}`);
  const page = `FROM ${from}${whereOf(where)} ORDER BY ${order} LIMIT :limit`;
  // What is sorted to be found is the number alone: whole rows are read of those that are shown.
  const shown = wanted.text === undefined ? page : `FROM log WHERE log.n IN (SELECT log.n ${page}) ORDER BY log.n DESC`;
  return {
    sql: `SELECT ${id}, log.n, log.at, log.subject, ${SAID} AS text, ${names.join(', ')} ${shown}`,
    values,
    count,
  };
}

const named = (column: string) => `(SELECT name FROM log_names WHERE id = log.${column})`;

const SAID = "ifnull((SELECT text FROM log_texts WHERE id = log.said), '')";

const whereOf = (where: readonly string[]) => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);

/** So many seats are told: there are few, unless somebody makes them up. */
const SEATS = 500;
/** Names are few beside lines: each is looked for in the index of seats, and no line is read. */
const HAS_DECIDED = 'FROM log_names WHERE EXISTS (SELECT 1 FROM log WHERE log.seat = log_names.id)';

/** The log, read from its table. */
export function logQueries(readers: Pick<Readers, 'read'>): {
  'log.list': ListAnswerer<'log.list'>;
  'log.seats': ListAnswerer<'log.seats'>;
} {
  return {
    'log.seats': {
      reads: ['log'],
      async answer() {
        const { rows, count, exact } = await readers.read({
          sql: `SELECT name AS seat ${HAS_DECIDED} ORDER BY name LIMIT ${SEATS}`,
          values: {},
          count: { sql: `SELECT 1 ${HAS_DECIDED}`, most: SEATS },
        });
        return { rows: rows.map(({ seat }) => ({ seat: String(seat) })), total: { count, exact }, more: null };
      },
    },
    'log.list': {
      reads: ['log'],
      async answer(wanted) {
        const order = logOrder(wanted);
        if (!order) return { rows: [], total: { count: 0, exact: true }, more: null };
        const { rows, count, exact } = await readers.read(order);
        const shown = rows.slice(0, wanted.limit);
        const last = shown.at(-1);
        const more = rows.length > wanted.limit && last ? `${last.at}.${last.n}` : null;
        return { rows: shown.map(({ n: _, ...row }) => row as unknown as LogRow), total: { count, exact }, more };
      },
    },
  };
}

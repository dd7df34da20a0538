import type { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { QuarantinedView, RejectView, Which } from '../../../contract/features/rejects.ts';
import type { queries } from '../../../contract/index.ts';
import { listPage } from '../../wire/listPage.ts';
import type { ListAnswerer } from '../../wire/liveQueries.ts';
import type { Readers, ReadOrder } from '../../wire/readers.ts';

/** So many that fit are counted. */
const COUNTED = 2000;
/** Bytes of messages of one page, beyond its first: in base64, and with what is said of them, less than a page may have. */
const PAGE_BYTES = 256 * 1024;
/** So many sources are told: there are few, unless somebody makes them up. */
const SOURCES = 200;

/** What the lists are answered from. */
interface From {
  read: Readers['read'];
  /** Whether all that was refused so far can be read; what waits is written first. */
  readable(): boolean;
  /** The newest few, for when it cannot. */
  newest(): readonly RejectView[];
}

interface RejectQueries {
  'rejects.list': ListAnswerer<'rejects.list'>;
  'rejects.messages': ListAnswerer<'rejects.messages'>;
  'rejects.sources': ListAnswerer<'rejects.sources'>;
}

/** What was refused, in pages. */
export function rejectQueries({ read, readable, newest }: From): RejectQueries {
  return {
    'rejects.list': {
      reads: ['rejects'],
      async answer(wanted) {
        if (!readable()) return listPage(newest().filter(fits(wanted)), ({ id }) => id, wanted);
        const { rows, count, exact } = await read(refusalsOrder(wanted));
        const shown = rows.slice(0, wanted.limit);
        const more = rows.length > wanted.limit ? String(shown.at(-1)?.id) : null;
        return { rows: shown.map(refusalOf), total: { count, exact }, more };
      },
    },
    'rejects.messages': {
      reads: ['rejects'],
      async answer(wanted) {
        onDisk(readable());
        const { rows, count, exact } = await read(messagesOrder(wanted));
        const last = rows.at(-1);
        const more = last !== undefined && rows.length < Number(last.found) ? String(last.id) : null;
        return { rows: rows.map(messageOf), total: { count, exact }, more };
      },
    },
    'rejects.sources': {
      reads: ['rejects'],
      async answer() {
        onDisk(readable());
        const { rows, count, exact } = await read({
          sql: `SELECT door || ' ' || ifnull(source, '') AS key, door, source, count(*) AS count FROM messages GROUP BY door, source ORDER BY door, source LIMIT ${SOURCES}`,
          values: {},
          count: { sql: 'SELECT DISTINCT door, source FROM messages', most: SOURCES },
        });
        return { rows: rows as unknown as Row<'rejects.sources'>[], total: { count, exact }, more: null };
      },
    },
  };
}

type Row<Q extends keyof RejectQueries> = z.output<(typeof queries)[Q]['row']>;

function onDisk(readable: boolean): void {
  if (readable) return;
  const text = {
    zh: '隔离区文件 quarantine.db 暂不能读写，原因见“提示”；恢复后自动可用',
    en: 'The quarantine, quarantine.db, cannot be used now: the notices say why. It comes back by itself',
  };
  throw new ContractError('unavailable', text.en, { text });
}

/** What of messages `m` fits, and of a refusal `r` of it. */
function whereOf(wanted: Which): { message: string[]; refusal: string[]; values: Record<string, string> } {
  const [message, refusal]: [string[], string[]] = [[], []];
  const values: Record<string, string> = {};
  for (const column of ['door', 'source', 'state'] as const) {
    const value = wanted[column];
    if (value === undefined) continue;
    message.push(`m.${column} = :${column}`);
    values[column] = value;
  }
  if (wanted.reason !== undefined) {
    refusal.push(`(${['zh', 'en', 'path'].map((column) => `r.${column} LIKE :reason ESCAPE '!'`).join(' OR ')})`);
    values.reason = partOf(wanted.reason);
  }
  if (wanted.text !== undefined) {
    const anywhere = ['r.excerpt', 'm.topic'].map((column) => `${column} LIKE :like ESCAPE '!'`);
    refusal.push(`(${[...anywhere, 'instr(m.bytes, CAST(:text AS BLOB)) > 0'].join(' OR ')})`);
    Object.assign(values, { like: partOf(wanted.text), text: wanted.text });
  }
  return { message, refusal, values };
}

const partOf = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`;
const and = (where: readonly string[]): string => (where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`);

function refusalsOrder(wanted: Which & { limit: number; after?: string | undefined }): ReadOrder {
  const { message, refusal, values } = whereOf(wanted);
  const from = 'refusals AS r CROSS JOIN messages AS m ON m.id = r.message';
  const where = [...message, ...refusal];
  return {
    sql: `SELECT r.id, m.at, m.door, m.source, r.path, r.zh, r.en, r.remedy_zh, r.remedy_en, r.excerpt, m.id AS of, m.length, m.state
      FROM ${from}${and([...where, ...before('r.id', wanted.after)])} ORDER BY r.id DESC LIMIT :limit`,
    values: { ...values, limit: wanted.limit + 1, ...cursor(wanted.after) },
    count: { sql: `SELECT 1 FROM ${from}${and(where)}`, most: COUNTED },
  };
}

const SAID = `(SELECT json_group_array(json_object('path', path, 'message', json_object('zh', zh, 'en', en),
  'remedy', json_object('zh', remedy_zh, 'en', remedy_en), 'excerpt', excerpt)) FROM (SELECT * FROM refusals WHERE message = m.id ORDER BY id))`;

const ACTS = `(SELECT json_group_array(json_object('at', at, 'actor', actor, 'did', did, 'outcome', json(outcome)))
  FROM (SELECT * FROM acts WHERE message = m.id ORDER BY id DESC LIMIT 10))`;

/** The newest first, as many as a page has room for. */
function messagesOrder(
  wanted: Which & { id?: string | undefined; limit: number; after?: string | undefined },
): ReadOrder {
  const { message, refusal, values } = whereOf(wanted);
  if (refusal.length > 0)
    message.push(`EXISTS (SELECT 1 FROM refusals AS r WHERE r.message = m.id AND ${refusal.join(' AND ')})`);
  if (wanted.id !== undefined) message.push('m.id = CAST(:id AS INTEGER)');
  const page = `SELECT m.id, sum(m.size) OVER (ORDER BY m.id DESC) - m.size AS before
    FROM (SELECT m.id, m.size FROM messages AS m${and([...message, ...before('m.id', wanted.after)])} ORDER BY m.id DESC LIMIT :limit + 1) AS m`;
  return {
    sql: `WITH page AS (${page})
      SELECT m.id, m.at, m.door, m.source, m.state, ${SAID} AS refusals, hex(m.bytes) AS hex, m.bytes IS NULL AS none, m.length, m.topic, ${ACTS} AS acts,
        (SELECT hex(corrected) FROM acts WHERE message = m.id AND corrected IS NOT NULL ORDER BY id DESC LIMIT 1) AS corrected,
        (SELECT count(*) FROM page) AS found
      FROM page CROSS JOIN messages AS m ON m.id = page.id WHERE page.before < ${PAGE_BYTES} ORDER BY m.id DESC LIMIT :limit`,
    values: {
      ...values,
      ...(wanted.id === undefined ? {} : { id: wanted.id }),
      ...cursor(wanted.after),
      limit: wanted.limit,
    },
    count: { sql: `SELECT 1 FROM messages AS m${and(message)}`, most: COUNTED },
  };
}

const before = (column: string, after: string | undefined): string[] =>
  after === undefined ? [] : [`${column} < CAST(:after AS INTEGER)`];

function cursor(after: string | undefined): { after?: string } {
  if (after === undefined) return {};
  if (!/^\d{1,15}$/.test(after))
    throw new ContractError('bad-request', 'after: is no page of this list', { field: 'after' });
  return { after };
}

type Read = Awaited<ReturnType<Readers['read']>>['rows'][number];

function refusalOf(row: Read): RejectView {
  const { id, at, door, source, path, excerpt, of, length, state } = row;
  return {
    ...{ id: String(id), at, door, source, path, excerpt, of: String(of), length, state },
    message: { zh: row.zh, en: row.en },
    remedy: { zh: row.remedy_zh, en: row.remedy_en },
  } as RejectView;
}

function messageOf(row: Read): QuarantinedView {
  const { id, at, door, source, state, length, topic } = row;
  return {
    ...{ id: String(id), at, door, source, state, length, topic },
    refusals: JSON.parse(String(row.refusals)),
    acts: JSON.parse(String(row.acts)),
    raw: row.none === 1 ? null : base64Of(row.hex),
    corrected: typeof row.corrected === 'string' ? base64Of(row.corrected) : null,
  } as QuarantinedView;
}

const base64Of = (hex: unknown): string => Buffer.from(String(hex), 'hex').toString('base64');

/** As the quarantine would look for it. */
function fits({ door, source, state, reason, text }: Which): (reject: RejectView) => boolean {
  const has = (part: string | undefined, ...texts: string[]) =>
    part === undefined || texts.some((each) => each.toLowerCase().includes(part.toLowerCase()));
  return (reject) =>
    (door === undefined || reject.door === door) &&
    (source === undefined || reject.source === source) &&
    (state === undefined || reject.state === state) &&
    has(reason, reject.path, reject.message.zh, reject.message.en) &&
    has(text, reject.excerpt);
}

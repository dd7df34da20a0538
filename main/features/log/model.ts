import type { LedgerEvent } from '../../../core/ledger/envelope.ts';
import type { ReadModel } from '../../kernel/readModel.ts';
import { byTable, createNames, numbered } from './names.ts';
import { createTexts } from './texts.ts';

/** Words that are kept in memory until they are put into the index: SQLite's own measure, and one for when all are put in. */
const MIB = 1024 * 1024;

/** A thing that may have a name. */
type Named = { readonly name?: unknown } | null | undefined;

/** Who called, in what is known of a call. */
type Caller = { readonly name?: unknown; readonly phone?: unknown } | null | undefined;
type Told = { readonly caller?: unknown } | null | undefined;

/** A text, after what there is already. */
const and = (words: string, value: unknown): string =>
  typeof value !== 'string' || value === '' ? words : words === '' ? value : `${words} ${value}`;

/** A name in both languages, after what there is already. */
function andName(words: string, name: unknown): string {
  if (typeof name !== 'object' || name === null) return words;
  const { zh, en } = name as { zh?: unknown; en?: unknown };
  return and(and(words, zh), en);
}

/** What an event can be searched by, apart from its columns: what somebody typed, and what things are called. Empty for most. */
function searchedText(body: LedgerEvent['body']): string {
  const { text, note, reason, option, name, from, to, scene, title, place, plan, caller } = body;
  const typed = [text, note, reason, option, name, from, to, scene].reduce(and, '');
  const named = andName(andName(typed, text), title); // What a caller said is in both languages.
  const placed = andName(andName(named, (place as Named)?.name), (plan as Named)?.name);
  const who = (caller ?? (body.about as Told)?.caller) as Caller;
  return and(and(placed, who?.name), who?.phone);
}

/** A body that has none of these members is not read: most are. */
const SEARCHED = /"(?:text|note|reason|option|name|from|to|scene|title|place|plan|caller)":/;

/** @param body canonical JSON */
const textIn = (body: string): string => (SEARCHED.test(body) ? searchedText(JSON.parse(body)) : '');

/**
 * One row an event, in the order in which this ledger took them: `n` grows. What comes again and again (streams, stations, types, kinds, steps, actors,
 * seats) stands in `log_names` once, and in the rows and their indexes as its number: these are most of the file. So does what events say, in `log_texts`, once
 * an era (texts.ts); `log_words` finds texts by their words (core/search/words.ts) and by the initials of their Chinese. Indexes hold what else is
 * asked for beside their first column, so that a list in which hardly anything fits is looked through without the rows. Words are indexed by
 * their first character too: one Chinese character by itself begins hundreds of pairs.
 *
 * @param eraRows rows of the log within which a text stands once
 */
export const createLogModel = (eraRows: number): ReadModel => ({
  name: 'log',
  version: 9,
  tables: `
    CREATE TABLE log (
      n INTEGER PRIMARY KEY,
      stream INTEGER NOT NULL,
      station INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      type INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      subject TEXT NOT NULL,
      step INTEGER,
      actor INTEGER NOT NULL,
      seat INTEGER,
      said INTEGER
    );
    CREATE TABLE log_names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE log_eras (era INTEGER PRIMARY KEY, begins INTEGER NOT NULL);
    CREATE TABLE log_texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE VIRTUAL TABLE log_words USING fts5(words, content='', detail='none', columnsize=0, prefix='1', tokenize="ascii tokenchars '~'");
    CREATE VIRTUAL TABLE log_terms USING fts5vocab(log_words, row);
    INSERT INTO log_words (log_words, rank) VALUES ('hashsize', ${16 * MIB});
  `,
  indexes: [
    `INSERT INTO log_words (log_words, rank) VALUES ('hashsize', ${MIB})`,
    'CREATE INDEX log_at ON log (at)',
    'CREATE INDEX log_kind ON log (kind, at, n, seat, type)',
    'CREATE INDEX log_type ON log (type, at, n, seat)',
    'CREATE INDEX log_seat ON log (seat, at, n, kind, type) WHERE seat IS NOT NULL',
    'CREATE INDEX log_subject ON log (subject, at)',
    'CREATE INDEX log_said ON log (said) WHERE said IS NOT NULL',
  ],
  writer(db) {
    const texts = createTexts(db, eraRows);
    db.define('log_text', (body) => texts.idOf(textIn(String(body))));
    const learn = createNames(db);
    const put = byTable((table) =>
      db.prepare(
        `INSERT INTO log (stream, station, seq, at, type, kind, subject, step, actor, seat, said) ${numbered(
          'stream_n, station_n, e.seq, e.at, type_n, kind_n, e.subject, step_n, actor_n, seat_n, log_text(e.body)',
          table,
        )}`,
      ),
    );
    const last = db.prepare('SELECT ifnull(max(n), 0) AS n FROM log');
    const lastN = (): number => (last.get() as { n: number }).n;
    const dropFrom = db.prepare('DELETE FROM log WHERE n > ?');
    return {
      events(rows) {
        const { table, after, to } = rows;
        const before = lastN();
        texts.begin(before);
        const { changes } = put(table).run(after, to) as { changes: number };
        // Few say what none said before: only where a row is missing it is looked for, and all of them are put down again.
        if (changes < to - after && learn(rows)) {
          dropFrom.run(before);
          put(table).run(after, to);
        }
        return texts.lay();
      },
    };
  },
});

/** Enough that most of what a city's sources say stands once, and few enough that a search looks through one in a moment. */
const ERA_ROWS = 100_000;

export const logModel = createLogModel(ERA_ROWS);

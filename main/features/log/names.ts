import type { EventRows, ModelDb } from '../../kernel/readModel.ts';

/** So many are kept ready: there are few, unless somebody makes them up. */
const MOST = 10_000;

/** Kind of aggregate that a row's subject names, as `kindOf` says it. */
const KIND = "substr(e.subject, 1, instr(e.subject || ':', ':') - 1)";

/** Step of a run that its body names; empty for most. */
const STEP = `CASE WHEN instr(e.body, '"step":') > 0 AND json_type(e.body, '$.step') = 'text' THEN json_extract(e.body, '$.step') ELSE '' END`;

/** Whether `named` has what an event says. */
const SAME = [
  ...['type = e.type', 'actor = e.actor', 'station = e.station', 'stream = e.stream'],
  ...[`kind = ${KIND}`, `step = ${STEP}`],
]
  .map((same) => `named.${same}`)
  .join(' AND ');

/** Events with the numbers of what comes again and again in them, in their order; rowids beyond the first `?` up to the second. */
export const numbered = (columns: string, table: string): string =>
  `SELECT ${columns} FROM ${table} AS e CROSS JOIN temp.log_named AS named ON ${SAME} WHERE e.rowid > ? AND e.rowid <= ? ORDER BY e.rowid`;

interface Said {
  stream: string;
  station: string;
  type: string;
  kind: string;
  step: string;
  /** JSON. */
  actor: string;
}

/**
 * Numbers of names, as `log_names` has them. What events say together (stream, station, type, kind, step, actor) stands in `temp.log_named` with the numbers
 * of it, so that each event is looked up once.
 *
 * @returns sees to it that all that these events say is there, and answers whether some of it was not; a new name is given the next number, in
 * the order of the events
 */
export function createNames(db: ModelDb): (rows: EventRows) => boolean {
  db.prepare(
    `CREATE TEMP TABLE IF NOT EXISTS log_named (
      type TEXT, actor TEXT, station TEXT, stream TEXT, kind TEXT, step TEXT,
      type_n INTEGER, actor_n INTEGER, station_n INTEGER, stream_n INTEGER, kind_n INTEGER, step_n INTEGER, seat_n INTEGER,
      PRIMARY KEY (type, actor, station, stream, kind, step)
    ) WITHOUT ROWID`,
  ).run();
  const add = db.prepare('INSERT OR IGNORE INTO log_names (name) VALUES (?)');
  const find = db.prepare('SELECT id FROM log_names WHERE name = ?');
  const keep = db.prepare('INSERT INTO temp.log_named VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const clear = db.prepare('DELETE FROM temp.log_named');
  const fresh = (table: string) =>
    db.prepare(
      `SELECT e.stream, e.station, e.type, ${KIND} AS kind, ${STEP} AS step, e.actor FROM ${table} AS e
        WHERE e.rowid > ? AND e.rowid <= ? AND NOT EXISTS (SELECT 1 FROM temp.log_named AS named WHERE ${SAME})
        GROUP BY e.stream, e.station, e.type, ${KIND}, ${STEP}, e.actor ORDER BY min(e.rowid)`,
    );
  const unknown = byTable(fresh);
  let held = 0;
  const numberOf = (name: string): number => {
    add.run(name);
    return (find.get(name) as { id: number }).id;
  };
  return ({ table, after, to }) => {
    if (held > MOST) {
      clear.run();
      held = 0;
    }
    const said = unknown(table).all(after, to) as Said[];
    held += said.length;
    for (const { stream, station, type, kind, step, actor } of said) {
      const { id, seat } = JSON.parse(actor) as { id: string; seat: string | null };
      const [streamN, stationN, typeN, kindN, actorN] = [stream, station, type, kind, id].map(numberOf);
      const stepN = step === '' ? null : numberOf(step);
      const seatN = seat === null ? null : numberOf(seat);
      keep.run(type, actor, station, stream, kind, step, typeN, actorN, stationN, streamN, kindN, stepN, seatN);
    }
    return said.length > 0;
  };
}

/** Statements over one table or another, each prepared once. */
export function byTable<Statement>(prepare: (table: string) => Statement): (table: string) => Statement {
  const made = new Map<string, Statement>();
  return (table) => {
    const statement = made.get(table) ?? prepare(table);
    made.set(table, statement);
    return statement;
  };
}

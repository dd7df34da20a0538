import type { Database } from 'better-sqlite3';
import { type Migration, migrate } from './migrate.ts';
import { createSideFile, type SideFileOptions } from './sideFile.ts';

/** One message that was refused; what main/ declares as Quarantined. */
interface Quarantined {
  readonly door: 'feed' | 'file' | 'station' | 'window';
  readonly source: string | null;
  /** Wall ms. */
  readonly at: number;
  /** What is kept of it, and how long it was; null where only excerpts are. */
  readonly bytes: Uint8Array | null;
  readonly length: number | null;
  readonly topic: string | null;
  readonly retained: boolean;
  readonly refusals: readonly {
    readonly path: string;
    readonly message: { readonly zh: string; readonly en: string };
    readonly remedy: { readonly zh: string; readonly en: string };
    readonly excerpt: string;
  }[];
}

type State = 'kept' | 'put-through' | 'dropped';

/** What somebody did with a message; what main/ declares as QuarantineDeed. */
interface Deed {
  /** Wall ms. */
  readonly at: number;
  readonly actor: string;
  readonly did: string;
  /** JSON. */
  readonly outcome: string | null;
  /** What was made of it. */
  readonly corrected: Uint8Array | null;
  readonly state: State;
}

/** What all messages may come to, whatever their sources. */
export interface QuarantineLimits {
  readonly messages: number;
  /** Of what came and of what is said of it. */
  readonly bytes: number;
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'messages and what was wrong with them',
    sql: `
      CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        share TEXT NOT NULL, size INTEGER NOT NULL,
        door TEXT NOT NULL, source TEXT, at INTEGER NOT NULL,
        length INTEGER, topic TEXT, retained INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'kept',
        bytes BLOB
      );
      CREATE INDEX messages_share ON messages (share, id, size);
      CREATE TABLE refusals (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message INTEGER NOT NULL,
        path TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, remedy_zh TEXT NOT NULL, remedy_en TEXT NOT NULL,
        excerpt TEXT NOT NULL
      );
      CREATE INDEX refusals_message ON refusals (message);`,
  },
  {
    name: 'what people did with them',
    sql: `
      CREATE TABLE acts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message INTEGER NOT NULL,
        at INTEGER NOT NULL, actor TEXT NOT NULL, did TEXT NOT NULL,
        outcome TEXT, corrected BLOB
      );
      CREATE INDEX acts_message ON acts (message);`,
  },
];

/** The open quarantine. */
export type SqliteQuarantine = ReturnType<typeof openQuarantineFile>;

/**
 * Messages that were refused, `quarantine.db`. All of them come to no more than the limits; where there are more, the oldest of the source that
 * has most makes room, so that one that floods pushes out its own and not another's: a source whose messages come to less than an equal share
 * loses none.
 */
export function openQuarantineFile(options: SideFileOptions & { limits: QuarantineLimits }) {
  const { limits } = options;
  const file = createSideFile('quarantine', options, (db) => tablesOf(db, limits));
  return {
    /** Writes them, or answers false. */
    write: (messages: readonly Quarantined[]): boolean => file.attempt((tables) => tables.write(messages)),
    /** A message as it is kept; null where it is not there any more. @throws SqliteError, or a fault of the file */
    message: (id: number): (Omit<Quarantined, 'refusals'> & { readonly state: State }) | null =>
      file.use((tables) => tables.message(id)),
    /** Writes what somebody did with a message, or answers false. */
    act: (id: number, deed: Deed): boolean => file.attempt((tables) => tables.act(id, deed)),
    /** Takes away what came by a door: it will come again. */
    forget: (door: string): boolean => file.attempt((tables) => tables.forget(door)),
    due: file.due,
    close: file.close,
  };
}

/** A feed has a share of its own. Of the other doors strangers can make up as many names as they like. */
const shareOf = ({ door, source }: Pick<Quarantined, 'door' | 'source'>): string =>
  door === 'feed' ? `feed ${source ?? ''}` : door;

function tablesOf(db: Database, limits: QuarantineLimits) {
  migrate(db, MIGRATIONS);
  const shares = new Map<string, { messages: number; bytes: number }>();
  const total = { messages: 0, bytes: 0 };
  const count = (share: string, messages: number, bytes: number): void => {
    const of = shares.get(share) ?? { messages: 0, bytes: 0 };
    shares.set(share, of);
    for (const each of [of, total]) {
      each.messages += messages;
      each.bytes += bytes;
    }
    if (of.messages === 0) shares.delete(share);
  };
  const held = 'SELECT share, count(*) AS messages, sum(size) AS bytes FROM messages GROUP BY share';
  for (const { share, messages, bytes } of db
    .prepare<[], { share: string; messages: number; bytes: number }>(held)
    .all())
    count(share, messages, bytes);

  const addMessage = db.prepare(
    'INSERT INTO messages (share, size, door, source, at, length, topic, retained, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const addRefusal = db.prepare(
    'INSERT INTO refusals (message, path, zh, en, remedy_zh, remedy_en, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const oldest = db.prepare<[string], { id: number; size: number }>(
    'SELECT id, size FROM messages WHERE share = ? ORDER BY id LIMIT 1',
  );
  const dropMessage = db.prepare('DELETE FROM messages WHERE id = ?');
  const dropRefusals = db.prepare('DELETE FROM refusals WHERE message = ?');
  const dropActs = db.prepare('DELETE FROM acts WHERE message = ?');
  const one = db.prepare<[number], Omit<Quarantined, 'refusals' | 'retained'> & { retained: number; state: State }>(
    'SELECT door, source, at, bytes, length, topic, retained, state FROM messages WHERE id = ?',
  );
  const shareAt = db.prepare<[number], { share: string }>('SELECT share FROM messages WHERE id = ?');
  const addAct = db.prepare('INSERT INTO acts (message, at, actor, did, outcome, corrected) VALUES (?, ?, ?, ?, ?, ?)');
  const setState = db.prepare('UPDATE messages SET state = ?, size = size + ? WHERE id = ?');

  const add = (message: Quarantined): void => {
    const { door, source, at, bytes, length, topic, retained, refusals } = message;
    const share = shareOf(message);
    const size = sizeOf(message);
    const row = addMessage.run(share, size, door, source, at, length, topic, retained ? 1 : 0, bytes);
    for (const { path, message: said, remedy, excerpt } of refusals)
      addRefusal.run(row.lastInsertRowid, path, said.zh, said.en, remedy.zh, remedy.en, excerpt);
    count(share, 1, size);
  };

  const makeRoom = (): void => {
    while (total.messages > limits.messages || total.bytes > limits.bytes) {
      const by = total.bytes > limits.bytes ? 'bytes' : 'messages';
      let loudest = '';
      let most = -1;
      for (const [share, of] of shares) {
        if (of[by] <= most) continue;
        loudest = share;
        most = of[by];
      }
      const last = oldest.get(loudest);
      if (last === undefined) return;
      dropMessage.run(last.id);
      dropRefusals.run(last.id);
      dropActs.run(last.id);
      count(loudest, -1, -last.size);
    }
  };

  return {
    write: db.transaction((messages: readonly Quarantined[]) => {
      for (const message of messages) add(message);
      makeRoom();
    }),
    message(id: number) {
      const found = one.get(id);
      return found ? { ...found, retained: found.retained === 1 } : null;
    },
    act: db.transaction((id: number, { at, actor, did, outcome, corrected, state }: Deed) => {
      const share = shareAt.get(id)?.share;
      if (share === undefined) return;
      const size = ROW_BYTES + Buffer.byteLength(outcome ?? '') + (corrected?.length ?? 0);
      addAct.run(id, at, actor, did, outcome, corrected);
      setState.run(state, size, id);
      count(share, 0, size);
      makeRoom();
    }),
    forget: db.transaction((door: string) => {
      const of = shares.get(door);
      for (const table of ['refusals', 'acts'])
        db.prepare(`DELETE FROM ${table} WHERE message IN (SELECT id FROM messages WHERE share = ?)`).run(door);
      db.prepare('DELETE FROM messages WHERE share = ?').run(door);
      if (of) count(door, -of.messages, -of.bytes);
    }),
  };
}

/** Bytes of a message and of what is said of it, and some for the rows themselves. */
function sizeOf({ bytes, topic, source, refusals }: Quarantined): number {
  const texts = refusals.flatMap(({ path, message, remedy, excerpt }) => [
    ...[path, excerpt, message.zh, message.en, remedy.zh, remedy.en],
  ]);
  const said = [topic ?? '', source ?? '', ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return (bytes?.length ?? 0) + said + ROW_BYTES * (1 + refusals.length);
}
const ROW_BYTES = 100;

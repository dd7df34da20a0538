import { type Incident, levelOf, mergedInto, ownerOf } from '../../../core/incidents/incident.ts';
import { indexedWords } from '../../../core/search/words.ts';
import type { ReadModel } from '../../kernel/readModel.ts';

/** What is searched for and where it is, as the row has it. */
interface Row {
  n: number;
  words: string;
  lon: number;
  lat: number;
}

const COLUMNS = [
  ...[
    'id',
    'type',
    'level',
    'state',
    'opened_at',
    'closed_at',
    'alarm',
    'title_zh',
    'title_en',
    'place_zh',
    'place_en',
  ],
  ...['lon', 'lat', 'notes', 'unseen', 'words', 'merged_into', 'owner', 'changes'],
];

/**
 * One row an incident that was opened. `incidents_words` finds it by the words of its title, place and type (core/search/words.ts),
 * `incidents_places` by where it is; both by `n`.
 */
export const incidentsModel: ReadModel = {
  name: 'incidents',
  version: 3,
  kind: 'incident',
  tables: `
    CREATE TABLE incidents (
      n INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      level INTEGER NOT NULL,
      state TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      closed_at INTEGER,
      alarm TEXT,
      title_zh TEXT NOT NULL,
      title_en TEXT NOT NULL,
      place_zh TEXT NOT NULL,
      place_en TEXT NOT NULL,
      lon REAL NOT NULL,
      lat REAL NOT NULL,
      notes INTEGER NOT NULL,
      unseen INTEGER NOT NULL,
      words TEXT NOT NULL,
      merged_into TEXT,
      owner TEXT NOT NULL,
      changes INTEGER NOT NULL
    );
    CREATE VIRTUAL TABLE incidents_words USING fts5(words, content='', contentless_delete=1, detail='none', tokenize='ascii');
    CREATE VIRTUAL TABLE incidents_places USING rtree(n, lon_min, lon_max, lat_min, lat_max);
  `,
  indexes: `
    CREATE INDEX incidents_newest ON incidents (opened_at, n, state, level, type, lon, lat);
    CREATE INDEX incidents_worst ON incidents (level, opened_at DESC, n DESC, state, type, lon, lat);
    CREATE INDEX incidents_open_worst ON incidents (level, opened_at DESC, n DESC, type, lon, lat) WHERE state = 'open';
    CREATE INDEX incidents_type ON incidents (type, opened_at, n);
    CREATE INDEX incidents_merged ON incidents (opened_at, n) WHERE state = 'merged';
    CREATE INDEX incidents_unseen ON incidents (opened_at, n) WHERE unseen > 0;
  `,
  writer(db) {
    const known = db.prepare('SELECT n, words, lon, lat FROM incidents WHERE id = ?');
    const add = db.prepare(`INSERT INTO incidents (${COLUMNS.join()}) VALUES (${COLUMNS.map(() => '?').join()})`);
    const change = db.prepare(`UPDATE incidents SET ${COLUMNS.map((name) => `${name} = ?`).join()} WHERE n = ?`);
    const addWords = db.prepare('INSERT INTO incidents_words (rowid, words) VALUES (?, ?)');
    const dropWords = db.prepare('DELETE FROM incidents_words WHERE rowid = ?');
    const place = db.prepare(
      'INSERT OR REPLACE INTO incidents_places (n, lon_min, lon_max, lat_min, lat_max) VALUES (?, ?, ?, ?, ?)',
    );
    return {
      state(id, state) {
        const incident = state as Incident;
        if (incident.state === 'unknown') return; // Written about before its opening came.
        const { type, title, place: at, alarm, openedAt, closedAt, notes } = incident;
        const words = indexedWords([title.zh, title.en, at.name.zh, at.name.en, type].join(' '));
        const before = known.get(id) as Row | undefined;
        const row = [
          ...[id, type, levelOf(incident).value, incident.state, openedAt, closedAt, alarm],
          ...[title.zh, title.en, at.name.zh, at.name.en, at.lon, at.lat, notes.length],
          ...[incident.conflicts.filter((conflict) => conflict.seen === null).length, words],
          ...[mergedInto(incident), ownerOf(incident), incident.changes],
        ];
        if (before) change.run(...row, before.n);
        const n = before?.n ?? (add.run(...row) as { lastInsertRowid: number }).lastInsertRowid;
        if (before?.words !== words) {
          if (before) dropWords.run(n);
          addWords.run(n, words);
        }
        if (before?.lon !== at.lon || before.lat !== at.lat) place.run(n, at.lon, at.lon, at.lat, at.lat);
      },
    };
  },
};

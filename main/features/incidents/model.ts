import { type Incident, levelOf, mergedInto, ownerOf } from '../../../core/incidents/incident.ts';
import { indexedWords } from '../../../core/search/words.ts';
import type { ReadModel } from '../../kernel/readModel.ts';

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
  version: 5,
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
  `,
  indexes: [
    'CREATE INDEX incidents_newest ON incidents (opened_at, n, state, level, type, lon, lat)',
    'CREATE INDEX incidents_worst ON incidents (level, opened_at DESC, n DESC, state, type, lon, lat)',
    "CREATE INDEX incidents_open_worst ON incidents (level, opened_at DESC, n DESC, type, lon, lat) WHERE state = 'open'",
    'CREATE INDEX incidents_type ON incidents (type, opened_at, n)',
    "CREATE INDEX incidents_merged ON incidents (opened_at, n) WHERE state = 'merged'",
    'CREATE INDEX incidents_unseen ON incidents (opened_at, n) WHERE unseen > 0',
    "CREATE VIRTUAL TABLE incidents_words USING fts5(words, content='', contentless_delete=1, detail='none', tokenize='ascii')",
    'CREATE VIRTUAL TABLE incidents_places USING rtree(n, lon_min, lon_max, lat_min, lat_max)',
    'INSERT INTO incidents_words (rowid, words) SELECT n, words FROM incidents',
    'INSERT INTO incidents_places SELECT n, lon, lon, lat, lat FROM incidents',
    `CREATE TRIGGER incidents_opened AFTER INSERT ON incidents BEGIN
      INSERT INTO incidents_words (rowid, words) VALUES (new.n, new.words);
      INSERT INTO incidents_places VALUES (new.n, new.lon, new.lon, new.lat, new.lat);
    END`,
    `CREATE TRIGGER incidents_renamed AFTER UPDATE ON incidents WHEN new.words <> old.words BEGIN
      DELETE FROM incidents_words WHERE rowid = new.n;
      INSERT INTO incidents_words (rowid, words) VALUES (new.n, new.words);
    END`,
    `CREATE TRIGGER incidents_moved AFTER UPDATE ON incidents WHEN new.lon <> old.lon OR new.lat <> old.lat BEGIN
      UPDATE incidents_places SET lon_min = new.lon, lon_max = new.lon, lat_min = new.lat, lat_max = new.lat WHERE n = new.n;
    END`,
  ],
  writer(db) {
    const [columns, values] = [COLUMNS.join(), COLUMNS.map(() => '?').join()];
    const changes = COLUMNS.map((name) => `${name} = excluded.${name}`).join();
    const put = db.prepare(
      `INSERT INTO incidents (${columns}) VALUES (${values}) ON CONFLICT (id) DO UPDATE SET ${changes}`,
    );
    return {
      state(id, state) {
        const incident = state as Incident;
        if (incident.state === 'unknown') return; // Written about before its opening came.
        const { type, title, place: at, alarm, openedAt, closedAt, notes } = incident;
        const words = indexedWords([title.zh, title.en, at.name.zh, at.name.en, type].join(' '));
        put.run(
          ...[id, type, levelOf(incident).value, incident.state, openedAt, closedAt, alarm],
          ...[title.zh, title.en, at.name.zh, at.name.en, at.lon, at.lat, notes.length],
          ...[incident.conflicts.filter((conflict) => conflict.seen === null).length, words],
          ...[mergedInto(incident), ownerOf(incident), incident.changes],
        );
      },
    };
  },
};

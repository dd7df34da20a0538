import { type Alarm, incidentOf } from '../../../core/alarms/alarm.ts';
import { createInitials } from '../../../core/search/pairInitials.ts';
import { indexedWords } from '../../../core/search/words.ts';
import type { ReadModel } from '../../kernel/readModel.ts';

const COLUMNS = [
  ...['id', 'rule', 'level', 'state', 'occurrence', 'title_zh', 'title_en', 'place_zh', 'place_en', 'lon', 'lat'],
  ...['raised_at', 'cleared_at', 'incident', 'words'],
];

/**
 * One row an alarm that was ever raised, as its last occurrence left it: when it came before, the log says. `alarms_words` finds it by the words
 * of its title, place and source (core/search/words.ts) and by the initials of its Chinese, by `n`.
 */
export const alarmsModel: ReadModel = {
  name: 'alarms',
  version: 2,
  kind: 'alarm',
  tables: `
    CREATE TABLE alarms (
      n INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      rule TEXT NOT NULL,
      level INTEGER NOT NULL,
      state TEXT NOT NULL,
      occurrence INTEGER NOT NULL,
      title_zh TEXT NOT NULL,
      title_en TEXT NOT NULL,
      place_zh TEXT NOT NULL,
      place_en TEXT NOT NULL,
      lon REAL NOT NULL,
      lat REAL NOT NULL,
      raised_at INTEGER NOT NULL,
      cleared_at INTEGER,
      incident TEXT,
      words TEXT NOT NULL
    );
  `,
  indexes: [
    'CREATE INDEX alarms_raised ON alarms (raised_at, n, level, rule, lon, lat)',
    'CREATE INDEX alarms_up ON alarms (raised_at) WHERE cleared_at IS NULL',
    `CREATE VIRTUAL TABLE alarms_words USING fts5(words, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '~'")`,
    'INSERT INTO alarms_words (rowid, words) SELECT n, words FROM alarms',
    `CREATE TRIGGER alarms_came AFTER INSERT ON alarms BEGIN
      INSERT INTO alarms_words (rowid, words) VALUES (new.n, new.words);
    END`,
    `CREATE TRIGGER alarms_renamed AFTER UPDATE ON alarms WHEN new.words <> old.words BEGIN
      DELETE FROM alarms_words WHERE rowid = new.n;
      INSERT INTO alarms_words (rowid, words) VALUES (new.n, new.words);
    END`,
  ],
  writer(db) {
    const [columns, values] = [COLUMNS.join(), COLUMNS.map(() => '?').join()];
    const changes = COLUMNS.map((name) => `${name} = excluded.${name}`).join();
    const put = db.prepare(
      `INSERT INTO alarms (${columns}) VALUES (${values}) ON CONFLICT (id) DO UPDATE SET ${changes}`,
    );
    const initials = createInitials();
    return {
      state(id, state) {
        const alarm = state as Alarm;
        if (alarm.occurrence === 0) return;
        const { rule, level, occurrence, source, title, place: at, raisedAt, clearedAt } = alarm;
        const shown = alarm.shelved ? 'shelved' : alarm.state;
        const said = [title.zh, title.en, at.name.zh, at.name.en, source.id].join(' ');
        put.run(
          ...[id, rule, level, shown, occurrence, title.zh, title.en, at.name.zh, at.name.en, at.lon, at.lat],
          ...[raisedAt, clearedAt, incidentOf(alarm), `${indexedWords(said)} ${initials.wordsOf(said)}`],
        );
      },
    };
  },
};

import { type Alarm, incidentOf } from '../../../core/alarms/alarm.ts';
import type { ReadModel } from '../../kernel/readModel.ts';
import { inQueue } from './view.ts';

/** One row an alarm that was ever raised. */
export const alarmsModel: ReadModel = {
  name: 'alarms',
  version: 1,
  kind: 'alarm',
  tables: `
    CREATE TABLE alarms (
      id TEXT PRIMARY KEY,
      rule TEXT NOT NULL,
      level INTEGER NOT NULL,
      state TEXT NOT NULL,
      shelved INTEGER NOT NULL,
      queued INTEGER NOT NULL,
      occurrence INTEGER NOT NULL,
      source_kind TEXT NOT NULL,
      source TEXT NOT NULL,
      title_zh TEXT NOT NULL,
      title_en TEXT NOT NULL,
      place_zh TEXT NOT NULL,
      place_en TEXT NOT NULL,
      lon REAL NOT NULL,
      lat REAL NOT NULL,
      raised_at INTEGER NOT NULL,
      cleared_at INTEGER,
      incident TEXT
    ) WITHOUT ROWID;
  `,
  indexes: `
    CREATE INDEX alarms_raised ON alarms (raised_at);
    CREATE INDEX alarms_source ON alarms (source);
    CREATE INDEX alarms_incident ON alarms (incident) WHERE incident IS NOT NULL;
  `,
  writer(db) {
    const put = db.prepare(`
      INSERT OR REPLACE INTO alarms (id, rule, level, state, shelved, queued, occurrence, source_kind, source, title_zh, title_en, place_zh,
        place_en, lon, lat, raised_at, cleared_at, incident)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    return {
      state(id, state) {
        const alarm = state as Alarm;
        if (alarm.occurrence === 0) return;
        const { rule, level, occurrence, source, title, place, raisedAt, clearedAt } = alarm;
        put.run(
          ...[
            id,
            rule,
            level,
            alarm.state,
            alarm.shelved ? 1 : 0,
            inQueue(alarm) ? 1 : 0,
            occurrence,
            source.kind,
            source.id,
          ],
          ...[
            title.zh,
            title.en,
            place.name.zh,
            place.name.en,
            place.lon,
            place.lat,
            raisedAt,
            clearedAt,
            incidentOf(alarm),
          ],
        );
      },
    };
  },
};

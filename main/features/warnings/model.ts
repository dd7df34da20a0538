import type { Warning } from '../../../core/warnings/warning.ts';
import type { ReadModel } from '../../kernel/readModel.ts';
import { warningRow } from './view.ts';

/** One row a warning that came; `line` is it as a line of a list. */
export const warningsModel: ReadModel = {
  name: 'warnings',
  version: 1,
  kind: 'warning',
  tables: `
    CREATE TABLE warnings (
      id TEXT PRIMARY KEY,
      holds INTEGER NOT NULL,
      level INTEGER NOT NULL,
      sent INTEGER NOT NULL,
      ended_at INTEGER,
      line TEXT NOT NULL
    ) WITHOUT ROWID;
  `,
  indexes: [
    'CREATE INDEX warnings_holding ON warnings (level, sent DESC, id) WHERE holds = 1',
    'CREATE INDEX warnings_over ON warnings (ended_at, id) WHERE holds = 0',
  ],
  writer(db) {
    const put = db.prepare(
      'INSERT OR REPLACE INTO warnings (id, holds, level, sent, ended_at, line) VALUES (?, ?, ?, ?, ?, ?)',
    );
    return {
      state(id, state) {
        const row = warningRow(state as Warning);
        if (row === null) return;
        put.run(id, row.state === 'holds' ? 1 : 0, row.level, row.sent, row.endedAt, JSON.stringify(row));
      },
    };
  },
};

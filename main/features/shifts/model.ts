import { endOf, type Handover, stateOf } from '../../../core/shifts/handover.ts';
import type { ReadModel } from '../../kernel/readModel.ts';

/** One row a handover that was begun. */
export const handoversModel: ReadModel = {
  name: 'handovers',
  version: 1,
  kind: 'handover',
  tables: `
    CREATE TABLE handovers (
      id TEXT PRIMARY KEY,
      seat TEXT NOT NULL,
      state TEXT NOT NULL,
      handed_by TEXT NOT NULL,
      taken_by TEXT,
      begun_at INTEGER NOT NULL,
      ended_at INTEGER,
      unseen INTEGER NOT NULL
    ) WITHOUT ROWID;
  `,
  indexes: [
    'CREATE INDEX handovers_begun ON handovers (begun_at, id)',
    'CREATE INDEX handovers_seat ON handovers (seat, begun_at, id)',
  ],
  writer(db) {
    const put = db.prepare(
      'INSERT OR REPLACE INTO handovers (id, seat, state, handed_by, taken_by, begun_at, ended_at, unseen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    return {
      state(id, state) {
        const handover = state as Handover;
        const { begun, from, conflicts } = handover;
        if (begun === null) return; // Written about before its beginning came.
        const end = endOf(handover);
        const unseen = conflicts.filter(({ seen }) => seen === null).length;
        put.run(id, begun.actor, stateOf(handover), from, end?.to ?? null, begun.at, end?.by.at ?? null, unseen);
      },
    };
  },
};

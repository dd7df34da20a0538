import type { PlanRun } from '../../../core/plans/run.ts';
import { progress } from '../../../core/plans/states.ts';
import type { ReadModel } from '../../kernel/readModel.ts';

/** One row a plan run that was launched; `departments` is a JSON array of those that have a lane. */
export const runsModel: ReadModel = {
  name: 'runs',
  version: 3,
  kind: 'run',
  tables: `
    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      incident TEXT NOT NULL,
      plan TEXT NOT NULL,
      version INTEGER NOT NULL,
      name_zh TEXT NOT NULL,
      name_en TEXT NOT NULL,
      departments TEXT NOT NULL,
      done INTEGER NOT NULL,
      skipped INTEGER NOT NULL,
      total INTEGER NOT NULL,
      launched_at INTEGER NOT NULL,
      ended_at INTEGER,
      outcome TEXT
    ) WITHOUT ROWID;
  `,
  indexes: [
    'CREATE INDEX runs_incident ON runs (incident, launched_at)',
    'CREATE INDEX runs_launched ON runs (launched_at)',
  ],
  writer(db) {
    const put = db.prepare(`
      INSERT OR REPLACE INTO runs (id, incident, plan, version, name_zh, name_en, departments, done, skipped, total, launched_at, ended_at, outcome)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    return {
      state(id, state) {
        const run = state as PlanRun;
        const { plan, launched, ended } = run;
        if (!plan || !launched) return;
        const departments = JSON.stringify([...new Set(plan.lanes.map((lane) => lane.department))]);
        const { done, skipped, total } = progress(run);
        put.run(
          ...[id, run.incident, plan.plan, plan.version, plan.name.zh, plan.name.en, departments, done],
          ...[skipped, total],
          ...[launched.at, ended?.at ?? null, run.outcome],
        );
      },
    };
  },
};

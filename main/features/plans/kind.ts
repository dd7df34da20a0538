import { allSeen } from '../../../core/ledger/register.ts';
import { decideRun } from '../../../core/plans/decide.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import type { PlanRun } from '../../../core/plans/run.ts';
import type { Kind } from '../../kernel/kind.ts';

export const runKind: Kind<PlanRun> = {
  aggregate: runAggregate,
  goesOn: (run) => run.plan !== null && (run.ended === null || !allSeen(run)),
  overAt: (run) => (run.plan !== null && allSeen(run) ? (run.ended?.at ?? null) : null),
  stays: (run) => run.plan !== null && run.ended === null,
  see: (run, conflict, actor) => decideRun(run, { do: 'see-conflict', conflict, actor }),
};

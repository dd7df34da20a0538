import { type Alarm, alarmAggregate } from '../../core/alarms/alarm.ts';
import { type Incident, incidentAggregate } from '../../core/incidents/incident.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import { type Wall, wallAggregate } from '../../core/walls/wall.ts';
import type { Kind } from '../kernel/kind.ts';
import { inQueue } from '../views/alarm.ts';

/** A conflict stays in sight until a person has seen it, whatever becomes of what it is about. */
export function allSeen({ conflicts }: { conflicts: readonly { seen: unknown }[] }): boolean {
  return conflicts.every((conflict) => conflict.seen !== null);
}

const alarms: Kind<Alarm> = { aggregate: alarmAggregate, goesOn: inQueue, overAt: () => null };

/** None is shown to anybody who does not ask for it: lists are read from their table, one of them from its state (incidents.one). */
const incidents: Kind<Incident> = { aggregate: incidentAggregate, goesOn: () => false, overAt: () => null };

const runs: Kind<PlanRun> = {
  aggregate: runAggregate,
  goesOn: (run) => run.plan !== null && (run.ended === null || !allSeen(run)),
  overAt: (run) => (run.plan !== null && allSeen(run) ? (run.ended?.at ?? null) : null),
};

const walls: Kind<Wall> = { aggregate: wallAggregate, goesOn: () => true, overAt: () => null };

/** Every kind of aggregate; what later ones show of earlier ones is known by then. */
export const KINDS = { alarms, incidents, runs, walls } as const;

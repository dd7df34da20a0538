import { incidentAggregate } from '../../../core/incidents/incident.ts';
import { allSeen } from '../../../core/ledger/register.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import type { ShowsOn } from '../../kernel/feature.ts';
import { createNewest, OVER_KEPT } from '../../kernel/newest.ts';
import type { Shows, Since } from '../../kernel/shows.ts';
import type { Readiness } from './readiness.ts';
import { runView, supersededBy } from './view.ts';

/** @param readiness is shown every run that changed; windows count down to what it says. */
export function showRuns({ domain, topics }: ShowsOn, readiness: Readiness): Shows {
  const runs = domain.of(runAggregate);
  const incidents = domain.of(incidentAggregate);
  /** By incident: its runs that windows are shown. */
  const runsOf = new Map<string, Set<string>>();

  const forget = (run: string): void => {
    const incident = topics.runs.items.get(run)?.incident;
    topics.runs.delete(run);
    const its = incident === undefined ? undefined : runsOf.get(incident);
    its?.delete(run);
    if (incident !== undefined && its?.size === 0) runsOf.delete(incident);
  };
  const over = createNewest(OVER_KEPT, forget);

  const run = (subject: string, since: Since): void => {
    const state = runs.get(subject);
    readiness.look(state, since);
    const view = runView(state, incidents.get(state.incident), readiness.since(subject));
    if (!view) {
      over.note(subject, null);
      forget(subject);
      return;
    }
    topics.runs.set(subject, view);
    const its = runsOf.get(view.incident);
    if (its) its.add(subject);
    else runsOf.set(view.incident, new Set([subject]));
    over.note(subject, allSeen(view) ? (view.ended?.at ?? null) : null);
  };

  return {
    run,
    /** Which run goes before another of the same plan is the incident's to say (I6): its runs are shown again when that changed. */
    incident(subject) {
      const incident = incidents.get(subject);
      for (const id of [...(runsOf.get(subject) ?? [])]) {
        const shown = topics.runs.items.get(id);
        if (shown && supersededBy(runs.get(id), incident) !== shown.supersededBy) run(id, 'now');
      }
    },
  };
}

import type { AlarmView } from '../../contract/features/alarms.ts';
import type { RunView } from '../../contract/features/plans.ts';
import type { WallView } from '../../contract/features/walls.ts';
import type { Collection } from '../../contract/wire/collection.ts';
import type { Alarm } from '../../core/alarms/alarm.ts';
import type { Incident } from '../../core/incidents/incident.ts';
import { kindOf } from '../../core/ledger/envelope.ts';
import { own } from '../../core/own.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import type { Wall } from '../../core/walls/wall.ts';
import type { Shelving } from '../alarms/shelving.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Readiness } from '../plans/readiness.ts';
import { alarmView, inQueue } from '../views/alarm.ts';
import { runView, supersededBy } from '../views/run.ts';
import { wallView } from '../views/wall.ts';
import { allSeen } from './kinds.ts';
import { createNewest } from './newest.ts';

/** The collections that windows see of the domain. */
export interface DomainTopics {
  alarms: Collection<AlarmView>;
  runs: Collection<RunView>;
  walls: Collection<WallView>;
}

/** Windows are told of so many runs that are over and seen; of all others they ask (runs.list, runs.one). */
export const OVER_KEPT = 20;

/** The states that are shown, by subject. */
export interface Shown {
  alarms: { get(subject: string): Alarm | undefined };
  incidents: { get(subject: string): Incident | undefined };
  runs: { get(subject: string): PlanRun | undefined };
  walls: { get(subject: string): Wall | undefined };
}

/**
 * Answers what shows a subject to windows as it is. `its-event`: at the start of a hall, when nobody saw when it became so.
 *
 * @param readiness is shown every run that changed; windows count down to what it says.
 * @param shelving is shown every alarm that changed; windows show when it says one comes back.
 */
export function createPublish(options: {
  states: Shown;
  topics: DomainTopics;
  readiness: Readiness;
  shelving: Shelving;
  ledger: Pick<Ledger, 'isUnwritten'>;
}): (subject: string, since: 'now' | 'its-event') => void {
  const { states, topics, readiness, shelving, ledger } = options;
  /** By incident: its runs that windows are shown. */
  const runsOf = new Map<string, Set<string>>();

  const forgetRun = (run: string): void => {
    const incident = topics.runs.items.get(run)?.incident;
    topics.runs.delete(run);
    const runs = incident === undefined ? undefined : runsOf.get(incident);
    runs?.delete(run);
    if (incident !== undefined && runs?.size === 0) runsOf.delete(incident);
  };
  const overRuns = createNewest(OVER_KEPT, forgetRun);

  const shownRuns = (incident: string) =>
    [...(runsOf.get(incident) ?? [])].flatMap((id) => topics.runs.items.get(id) ?? []);

  const run = (subject: string, since: 'now' | 'its-event'): void => {
    const state = states.runs.get(subject);
    if (state) readiness.look(state, since);
    const view = state && runView(state, states.incidents.get(state.incident), readiness.since(subject));
    if (!view) {
      overRuns.note(subject, null);
      forgetRun(subject);
      return;
    }
    topics.runs.set(subject, view);
    const runs = runsOf.get(view.incident);
    if (runs) runs.add(subject);
    else runsOf.set(view.incident, new Set([subject]));
    overRuns.note(subject, allSeen(view) ? (view.ended?.at ?? null) : null);
  };

  /** Which run goes before another of the same plan is the incident's to say (I6): its runs are shown again when that changed. */
  const showSuperseded = (of: string): void => {
    for (const shown of shownRuns(of)) {
      const state = states.runs.get(shown.id);
      if (state && supersededBy(state, states.incidents.get(of)) !== shown.supersededBy) run(shown.id, 'now');
    }
  };

  const show: Readonly<Record<string, (subject: string, since: 'now' | 'its-event') => void>> = {
    alarm(subject, since) {
      const state = states.alarms.get(subject);
      if (state) shelving.look(state, since);
      if (state && inQueue(state))
        topics.alarms.set(subject, alarmView(state, shelving.until(subject), ledger.isUnwritten(subject)));
      else topics.alarms.delete(subject);
    },
    incident: showSuperseded,
    run,
    wall(subject) {
      const state = states.walls.get(subject);
      const view = state && wallView(state);
      if (view) topics.walls.set(view.screen, view);
    },
  };
  return (subject, since) => own(show, kindOf(subject))?.(subject, since);
}

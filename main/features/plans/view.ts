import type { RunView } from '../../../contract/features/plans.ts';
import { type Incident, runThatStands } from '../../../core/incidents/incident.ts';
import type { Decision } from '../../../core/ledger/envelope.ts';
import { own } from '../../../core/own.ts';
import { factsOf, type PlanRun } from '../../../core/plans/run.ts';
import { progress, statesOf } from '../../../core/plans/states.ts';
import type { StepState } from '../../../core/plans/stepState.ts';
import { shownConflicts, VIEW_CHARS } from '../../wire/pieces.ts';
import { noteSizeOf, stepView } from './stepView.ts';

/** By step: when this station saw it become ready, by its own wall clock. */
type Since = Readonly<Record<string, number>>;

/** Notes of a run are sent whole as long as all of them have so many characters. */
const NOTES_CHARS = 2 * VIEW_CHARS;

function noteCharsOf(run: PlanRun): number {
  const notes = Object.values(run.steps).flatMap((facts) => noteSizeOf(facts) ?? []);
  const all = notes.reduce((sum, chars) => sum + chars, 0);
  return all <= NOTES_CHARS ? NOTES_CHARS : Math.floor(NOTES_CHARS / notes.length);
}

/** The run of the same plan that goes before this one, where two were launched while stations were apart (I6); null for all others. */
export function supersededBy(run: PlanRun, incident: Incident | undefined): string | null {
  if (!run.plan || !incident) return null;
  const stands = runThatStands(incident, run.plan.plan, run.id);
  return stands === run.id ? null : stands;
}

/**
 * A plan run as windows show it, or null for one whose launch has not arrived yet. Steps about which nothing changed are the same objects
 * as before.
 *
 * @param since times to acknowledge and finish by count from here; a step not told counts from its event's time.
 */
export function runView(run: PlanRun, incident?: Incident, since: Since = {}): RunView | null {
  const { plan, launched } = run;
  if (!plan || !launched) return null;
  const states = statesOf(run);
  const noteChars = noteCharsOf(run);
  return {
    id: run.id,
    incident: run.incident,
    plan: plan.plan,
    version: plan.version,
    name: plan.name,
    lanes: plan.lanes,
    steps: plan.steps.map(({ id }, at) => {
      const facts = factsOf(run, id);
      const readyHere = own(since, id) ?? facts.readyAt;
      return stepView(plan, at, { facts, state: states[at] as StepState, readyHere, noteChars });
    }),
    state: run.ended ? 'ended' : 'running',
    outcome: run.outcome,
    launched: launched as Decision,
    ended: run.ended,
    supersededBy: supersededBy(run, incident),
    ...progress(run),
    rating: run.ended ? run.rating : null,
    conflicts: shownConflicts(run.conflicts),
  };
}

import type { RunView, StepView } from '../../contract/schema/domain.ts';
import { type Incident, runThatStands } from '../../core/incidents/incident.ts';
import type { Decision } from '../../core/ledger/envelope.ts';
import { standing } from '../../core/ledger/register.ts';
import { own } from '../../core/own.ts';
import { chosenOf, DONE_STANDS, factsOf, type PlanRun } from '../../core/plans/run.ts';
import { progress, statesOf } from '../../core/plans/states.ts';
import type { StepState } from '../../core/plans/stepState.ts';
import type { PlanStep, PlanTemplate } from '../../core/plans/template.ts';
import { beginningOf, shownConflicts, VIEW_CHARS } from './pieces.ts';

/** By step: when this station saw it become ready, by its own wall clock. */
type Since = Readonly<Record<string, number>>;

/** What all steps of a run are shown by. */
interface Known {
  plan: PlanTemplate;
  state: StepState;
  /** Longest note, in characters of JSON. */
  noteChars: number;
  since: Since;
}

/** Notes of a run are sent whole as long as all of them have so many characters. */
const NOTES_CHARS = 2 * VIEW_CHARS;

function noteCharsOf(run: PlanRun): number {
  const notes = Object.values(run.steps).flatMap(({ note }) => (note === null ? [] : JSON.stringify(note).length));
  const all = notes.reduce((sum, chars) => sum + chars, 0);
  return all <= NOTES_CHARS ? NOTES_CHARS : Math.floor(NOTES_CHARS / notes.length);
}

function stepView(run: PlanRun, step: PlanStep, known: Known): StepView {
  const { plan, state, noteChars, since } = known;
  const facts = factsOf(run, step.id);
  const finished = facts.outcome[standing(facts.outcome, DONE_STANDS)]?.by ?? null;
  const readyHere = own(since, step.id) ?? facts.readyAt;
  const after = (seconds: number | undefined) =>
    facts.readyAt === null || readyHere === null || seconds === undefined
      ? null
      : Math.min(Number.MAX_SAFE_INTEGER, Math.round(readyHere + seconds * 1000));
  return {
    id: step.id,
    lane: step.lane,
    department: plan.lanes.find((lane) => lane.id === step.lane)?.department ?? step.lane,
    title: step.title,
    kind: step.kind,
    detail: step.detail ?? null,
    needs: step.when && !step.needs.includes(step.when.step) ? [...step.needs, step.when.step] : step.needs,
    options: step.options,
    state,
    chosen: chosenOf(facts),
    readyAt: facts.readyAt,
    acknowledged: facts.acknowledged,
    started: facts.started,
    finished,
    note: facts.note === null ? null : beginningOf(facts.note, noteChars),
    noteCut: facts.note !== null && JSON.stringify(facts.note).length > noteChars,
    acknowledgeBy: after(step.acknowledge),
    finishBy: after(step.finish),
    overdue: facts.overdue,
    escalatedTo: facts.escalatedTo,
  };
}

/** The run of the same plan that goes before this one, where two were launched while stations were apart (I6); null for all others. */
export function supersededBy(run: PlanRun, incident: Incident | undefined): string | null {
  if (!run.plan || !incident) return null;
  const stands = runThatStands(incident, run.plan.plan, run.id);
  return stands === run.id ? null : stands;
}

/**
 * A plan run as windows show it, or null for one whose launch has not arrived yet.
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
    steps: plan.steps.map((step, i) => stepView(run, step, { state: states[i] as StepState, noteChars, since, plan })),
    state: run.ended ? 'ended' : 'running',
    outcome: run.outcome,
    launched: launched as Decision,
    ended: run.ended,
    supersededBy: supersededBy(run, incident),
    ...progress(run),
    conflicts: shownConflicts(run.conflicts),
  };
}

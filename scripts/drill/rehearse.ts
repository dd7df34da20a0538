import { ONLY } from '../../core/drills/conditions.ts';
import { nextActions, pendingActions, startDrill } from '../../core/drills/interpreter.ts';
import { type DrillOutcome, type IncidentOutcome, unmet } from '../../core/drills/outcome.ts';
import type { DrillScript } from '../../core/drills/script.ts';
import type { Action } from '../../core/drills/scriptShape.ts';
import { Refusal, say } from '../project.ts';
import { act } from './act.ts';
import type { DrillStation } from './station.ts';

const TURN_MS = 100;
const CONVERGE_WITHIN_MS = 20_000;

/** The time the stations were apart, and what each wrote meanwhile. */
export interface Apart {
  seconds: number;
  eventsA: number;
  eventsB: number;
  conflicts: number;
}

/** What came of one incident of the rehearsal. */
export interface IncidentReport extends IncidentOutcome {
  /** What the script calls it. */
  about: string;
  incident: string;
  plan: string;
}

/** What came of a rehearsal, as report.json has it. */
export interface DrillReport {
  drill: string;
  seed: number;
  /** Incident and plan of the first, where there are several. */
  incident: string;
  plan: string;
  /** Of all incidents together, as departments and conflicts are. */
  steps: { total: number; done: number };
  departments: string[];
  apart: Apart;
  conflicts: IncidentOutcome['conflicts'];
  /** Each by itself, in the order in which the script expects them. */
  incidents: IncidentReport[];
  converged: boolean;
  digests: [string, string];
  seconds: number;
  passed: boolean;
  /** What was not as the script expects, one sentence each. */
  faults: string[];
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function describe(action: Action): string {
  const what =
    'step' in action
      ? ` ${action.step}`
      : 'level' in action
        ? ` ${action.level}`
        : 'plan' in action
          ? ` ${action.plan}`
          : '';
  const about = 'about' in action && action.about !== undefined && action.about !== ONLY ? `${action.about}: ` : '';
  return `${action.station}/${action.seat}: ${about}${action.do}${what}`;
}

async function events(station: DrillStation, seat: string): Promise<number> {
  return (await station.seat(seat).call('ledger.digest', {})).events;
}

/** Plays the script on two stations and says what came of it. Stops early when the signal says so. */
export async function rehearse(
  script: DrillScript,
  stations: readonly [DrillStation, DrillStation],
  signal: AbortSignal,
): Promise<DrillReport> {
  const [a, b] = stations;
  const byName = new Map(stations.map((station) => [station.name, station]));
  const seatOf = (station: DrillStation) => script.seats.find((seat) => seat.station === station.name)?.seat ?? '';
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let progress = startDrill(script);
  let told = 0;
  let cutAt: { second: number; a: number; b: number } | null = null;
  let apart: Omit<Apart, 'conflicts'> = { seconds: 0, eventsA: 0, eventsB: 0 };

  await a.seat(seatOf(a)).call('drill.start', {});
  const abouts = Object.keys(script.expect.incidents);
  const isOver = () => abouts.every((about) => a.run(about)?.state === 'ended');
  while (!isOver() && seconds() < script.expect.within && !signal.aborted) {
    for (const inject of script.injects.slice(told)) {
      if (inject.at > seconds()) break;
      say(`${seconds().toFixed(1).padStart(6)} s  ${inject.text.zh} ${inject.text.en}`);
      told++;
    }
    const scenes = Object.fromEntries(stations.map((station) => [station.name, station.scene()]));
    const turn = nextActions(script, progress, seconds(), scenes);
    progress = turn.progress;
    for (const action of turn.actions) {
      const station = byName.get(action.station);
      if (!station) throw new Refusal(`the script speaks of a station ${action.station}; a drill has A and B`);
      say(`${seconds().toFixed(1).padStart(6)} s  ${describe(action)}`);
      if (action.do === 'mend' && cutAt) {
        const [nowA, nowB] = [await events(a, seatOf(a)), await events(b, seatOf(b))];
        apart = { seconds: round(seconds() - cutAt.second), eventsA: nowA - cutAt.a, eventsB: nowB - cutAt.b };
      }
      const opened = await act(station, action);
      if (opened !== undefined)
        for (const each of stations) each.follow(('about' in action ? action.about : undefined) ?? ONLY, opened);
      if (action.do === 'cut')
        cutAt = { second: seconds(), a: await events(a, seatOf(a)), b: await events(b, seatOf(b)) };
    }
    await sleep(TURN_MS);
  }

  const digests = await converge(a, b, seatOf, signal);
  const incidents = abouts.map((about) => outcomeAt(a, about));
  const outcome: DrillOutcome = {
    incidents: Object.fromEntries(incidents.map((each) => [each.about, each])),
    apartSeconds: apart.seconds,
    seconds: round(seconds()),
    converged: digests[0] === digests[1],
  };
  const faults = unmet(script.expect, outcome);
  if (faults.length > 0)
    for (const action of pendingActions(script, progress)) faults.push(`never came to: ${describe(action)}`);
  const conflicts = incidents.flatMap((each) => each.conflicts);
  const sum = (count: (each: IncidentReport) => number) => incidents.reduce((all, each) => all + count(each), 0);
  return {
    drill: script.drill,
    seed: script.seed,
    incident: incidents[0]?.incident ?? '',
    plan: incidents[0]?.plan ?? '',
    steps: { total: sum(({ steps }) => steps.total), done: sum(({ steps }) => steps.done) },
    departments: [...new Set(incidents.flatMap((each) => each.departments))],
    apart: { ...apart, conflicts: conflicts.length },
    conflicts,
    incidents,
    converged: outcome.converged,
    digests,
    seconds: outcome.seconds,
    passed: faults.length === 0,
    faults,
  };
}

/** What a station holds of one incident and its run, at the end. */
function outcomeAt(station: DrillStation, about: string): IncidentReport {
  const run = station.run(about);
  const incident = station.incident(about);
  const acted = new Set(run?.steps.filter((step) => step.finished).map((step) => step.department));
  const conflicts = [
    ...(incident?.conflicts ?? []).map((conflict) => ({ of: 'incident' as const, conflict })),
    ...(run?.conflicts ?? []).map((conflict) => ({ of: 'run' as const, conflict })),
  ].map(({ of, conflict }) => ({
    of,
    field: conflict.field,
    values: conflict.values.map((v) => v.value),
    stands: conflict.values[conflict.stands]?.value ?? '',
  }));
  return {
    about,
    incident: incident?.id ?? '',
    plan: run ? `${run.plan}@${run.version}` : '',
    steps: { total: run?.total ?? 0, done: run?.done ?? 0 },
    departments: [...new Set(run?.lanes.map((lane) => lane.department))].filter((id) => acted.has(id)),
    conflicts,
    allClear: run?.outcome === 'all-clear',
  };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

/** Waits until both stations have the same digest, and answers the last two. */
async function converge(
  a: DrillStation,
  b: DrillStation,
  seatOf: (station: DrillStation) => string,
  signal: AbortSignal,
): Promise<[string, string]> {
  const deadline = performance.now() + CONVERGE_WITHIN_MS;
  for (;;) {
    const both = await Promise.all([a, b].map((station) => station.seat(seatOf(station)).call('ledger.digest', {})));
    const digests: [string, string] = [both[0]?.digest ?? '', both[1]?.digest ?? ''];
    if (digests[0] === digests[1] || performance.now() > deadline || signal.aborted) return digests;
    await sleep(200);
  }
}

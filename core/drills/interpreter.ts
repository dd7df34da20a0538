import { isSettledState } from '../plans/stepState.ts';
import { type Condition, holds, type Scene } from './conditions.ts';
import type { DrillScript } from './script.ts';
import type { Action } from './scriptShape.ts';

/** How far a drill has come. Plain data. */
export interface DrillProgress {
  /** Drill second at which each action was given out, by its index; null before. */
  readonly fired: readonly (number | null)[];
  /** Drill second at which a department's station first showed a step as ready, by incident and step: `flood/verify`. */
  readonly ready: Readonly<Record<string, number>>;
  /** Furthest thing given out by rule for a step, by the same: 1 acknowledge, 2 start, 3 finish. */
  readonly stage: Readonly<Record<string, number>>;
}

export function startDrill(script: DrillScript): DrillProgress {
  return { fired: script.actions.map(() => null), ready: {}, stage: {} };
}

/** The actions that are due, in order; do them in this order, each once. */
export interface DrillTurn {
  progress: DrillProgress;
  actions: Action[];
}

const STAGES = ['acknowledge', 'start', 'finish'] as const;

/**
 * Decides what the seats do now. Pure: the same script and the same scenes at the same seconds give the same actions. Ask
 * some ten times a second; what is due but not yet possible (the scene lags behind an action just done) waits.
 *
 * @param second drill time, seconds since the drill began.
 * @param scenes what each station shows, by its name in the script.
 */
export function nextActions(
  script: DrillScript,
  progress: DrillProgress,
  second: number,
  scenes: Readonly<Record<string, Scene>>,
): DrillTurn {
  const fired = [...progress.fired];
  const actions: Action[] = [];
  const firedAt = (id: string) => fired[script.actions.findIndex((action) => action.id === id)] ?? null;
  const allHold = (conditions: readonly Condition[] | undefined, station: string) =>
    conditions?.every((condition) => {
      const scene = scenes[condition.station ?? station];
      return scene !== undefined && holds(condition, scene);
    }) ?? true;

  script.actions.forEach((action, i) => {
    if (fired[i] !== null || second < (action.at ?? 0)) return;
    if (action.after !== undefined) {
      const since = firedAt(action.after.action);
      if (since === null || second < since + action.after.seconds) return;
    }
    if (!allHold(action.when, action.station)) return;
    fired[i] = second;
    actions.push(action);
  });

  const ready = { ...progress.ready };
  const stage = { ...progress.stage };
  for (const { station, seat, departments } of script.seats) {
    for (const [about, { run }] of Object.entries(scenes[station]?.incidents ?? {})) {
      for (const step of run?.state === 'running' ? run.steps : []) {
        const key = `${about}/${step.id}`;
        const rule = script.steps[key] ?? script.steps[step.id];
        if (!departments.includes(step.department) || step.kind === 'decision' || rule?.manual === true) continue;
        if (step.state === 'waiting' || isSettledState(step.state)) continue;
        const since = ready[key] ?? second;
        ready[key] = since;
        const next = STAGES[stage[key] ?? 0];
        if (next === undefined || second < since + (rule?.[next] ?? script.auto[next])) continue;
        if (next === 'finish' && !allHold(rule?.finishWhen, station)) continue;
        stage[key] = (stage[key] ?? 0) + 1;
        actions.push({ do: `${next}-step`, station, seat, about, step: step.id });
      }
    }
  }
  return { progress: { fired, ready, stage }, actions };
}

/** Actions of the script that were not given out: what a drill that stopped was waiting for. */
export function pendingActions(script: DrillScript, progress: DrillProgress): Action[] {
  return script.actions.filter((_, i) => progress.fired[i] === null);
}

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { RunRow, RunView } from '../../contract/features/plans.ts';
import { isSettledState } from '../../core/plans/stepState.ts';
import { type Bridge, useBridge, useQuery, useTopic } from '../bridge/index.ts';

/** A run as windows know it now: one that goes on or ended lately, or one that somebody here has asked for. */
export function knownRun(bridge: Pick<Bridge, 'items' | 'known'>, id: string | null | undefined): RunView | null {
  return id ? (bridge.items('runs').get(id) ?? bridge.known('runs.one', { id }).rows?.[0] ?? null) : null;
}

/** One run, also one that ended long ago, while the component is there; null until it has come, and for one that nobody knows. */
export function useRun(id: string | null | undefined): RunView | null {
  const bridge = useBridge();
  const told = useTopic('runs').has(id ?? '');
  const follow = useCallback(
    (changed: () => void) => (id && !told ? bridge.query('runs.one', { id }, changed) : () => undefined),
    [bridge, id, told],
  );
  return useSyncExternalStore(follow, () => knownRun(bridge, id));
}

/** Lines of a list of what has been: it is looked through by eye. */
const LISTED = 100;

/** Running before ended, then the newest. */
export function newestRunFirst(
  a: Pick<RunRow, 'state' | 'launchedAt'>,
  b: Pick<RunRow, 'state' | 'launchedAt'>,
): number {
  if (a.state !== b.state) return a.state === 'running' ? -1 : 1;
  return b.launchedAt - a.launchedAt;
}

/** A run as a line of a list. */
export function lineOf({
  id,
  incident,
  plan,
  version,
  name,
  lanes,
  state,
  outcome,
  launched,
  ended,
  done,
  skipped,
  total,
}: RunView): RunRow {
  const departments = [...new Set(lanes.map((lane) => lane.department))];
  return {
    ...{ id, incident, plan, version, name, departments, state, outcome, done, skipped, total },
    ...{ launchedAt: launched.at, endedAt: ended?.at ?? null },
  };
}

/** Runs, of one incident or of all: those that go on and the newest that have ended, running before ended, then the newest. */
export function useRunLines(incident?: string): readonly RunRow[] {
  const told = useTopic('runs');
  const { rows } = useQuery('runs.list', { limit: LISTED, ...(incident === undefined ? {} : { incident }) });
  return useMemo(() => {
    const lines = new Map((rows ?? []).map((row) => [row.id, row]));
    for (const run of told.values()) lines.set(run.id, lineOf(run));
    return [...lines.values()]
      .filter((line) => incident === undefined || line.incident === incident)
      .sort(newestRunFirst);
  }, [rows, told, incident]);
}

/** How many steps of a run are still to be done and late. */
export function overdueSteps(run: Pick<RunView, 'steps'>): number {
  return run.steps.filter((step) => step.overdue !== 'no' && !isSettledState(step.state) && step.state !== 'waiting')
    .length;
}

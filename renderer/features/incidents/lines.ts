import type { IncidentRow } from '../../../contract/features/incidents.ts';
import type { RunView } from '../../../contract/features/plans.ts';
import { own } from '../../../core/own.ts';
import { overdueSteps } from '../../desk/runs.ts';

/** An open incident as a line of the list. */
export interface IncidentLine {
  readonly incident: IncidentRow;
  /** Runs that go on for it, and for what was merged into it. */
  readonly runs: number;
  /** Steps of theirs that are overdue. */
  readonly overdue: number;
  /** Things decided about it since the seat last looked. */
  readonly unread: number;
  /** The key for what comes next: a plan, its steps, the all-clear. */
  readonly next: 'l' | 'alt+5' | 'e';
}

/**
 * @param open in the order of the list
 * @param merged by id, the incident that each went into
 * @param looked by id, the `changes` that the seat has seen
 */
export function incidentLines(
  open: readonly IncidentRow[],
  runs: Iterable<RunView>,
  merged: ReadonlyMap<string, string>,
  looked: Readonly<Record<string, number>>,
): IncidentLine[] {
  const going = new Map<string, RunView[]>();
  for (const run of runs) {
    if (run.state !== 'running') continue;
    const at = lookedAfterIn(run.incident, merged);
    going.set(at, [...(going.get(at) ?? []), run]);
  }
  return open.map((incident) => {
    const its = going.get(incident.id) ?? [];
    return {
      incident,
      runs: its.length,
      overdue: its.reduce((sum, run) => sum + overdueSteps(run), 0),
      unread: Math.max(0, incident.changes - (own(looked, incident.id) ?? 0)),
      next: its.length === 0 ? 'l' : its.every((run) => run.done + run.skipped === run.total) ? 'e' : 'alt+5',
    };
  });
}

/** The incident that an incident's runs are counted with: itself, or the one it went into at last. */
export function lookedAfterIn(id: string, merged: ReadonlyMap<string, string>): string {
  const been = new Set<string>();
  let at = id;
  for (let into = merged.get(at); into !== undefined && !been.has(into); into = merged.get(at)) {
    been.add(into);
    at = into;
  }
  return at;
}

/** The incident before or after another in the list; the first or last one where the other is not in it. Null in an empty list. */
export function stepFrom(open: readonly IncidentRow[], id: string | null, by: 1 | -1): IncidentRow | null {
  const at = open.findIndex((row) => row.id === id);
  if (at < 0) return (by > 0 ? open[0] : open.at(-1)) ?? null;
  return open[(at + by + open.length) % open.length] ?? null;
}

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { AlarmView } from '../../contract/features/alarms.ts';
import type { IncidentRow, IncidentView } from '../../contract/features/incidents.ts';
import { type Bridge, useBridge, useQuery } from '../bridge/index.ts';
import { isWorseSinceClosed } from './alarmQueue.ts';

/** What is known now of an incident that somebody in this window follows. */
export function incidentOf(bridge: Pick<Bridge, 'known'>, id: string | null | undefined): IncidentView | null {
  return id ? (bridge.known('incidents.one', { id }).rows?.[0] ?? null) : null;
}

/** Follows one incident; the listener hears when what is known of it may be another. Answers how to stop. */
export function followIncident(bridge: Pick<Bridge, 'query'>, id: string | null | undefined, changed: () => void) {
  return id ? bridge.query('incidents.one', { id }, changed) : () => undefined;
}

/** One incident, open or closed, while the component is there; null until it has come, and for one that nobody knows. */
export function useIncident(id: string | null | undefined): IncidentView | null {
  const bridge = useBridge();
  const follow = useCallback((changed: () => void) => followIncident(bridge, id, changed), [bridge, id]);
  return useSyncExternalStore(follow, () => incidentOf(bridge, id));
}

/** The closed incident that the alarm was and has got worse since, while that is so; null for most. */
export function useClosedBefore(alarm: AlarmView): IncidentView | null {
  const incident = useIncident(alarm.worsenedAt === null ? null : alarm.incident);
  return isWorseSinceClosed(alarm, incident) ? incident : null;
}

/** Lines of a list of what is found: it is looked through by eye. */
const FOUND = 50;
/** Of the open ones so many are there to be found by anything that a person may type. */
const AT_HAND = 300;

const OPEN = { state: 'open', order: 'level', limit: AT_HAND } as const;
const NONE: readonly IncidentRow[] = [];

/** Incidents to find by name: the worst that are open, and of all, closed ones too, the newest and those that say what was typed. */
export function useIncidentsByName(typed: string, asked = true): readonly IncidentRow[] {
  const open = useQuery('incidents.list', asked ? OPEN : null).rows;
  const newest = useQuery('incidents.list', asked ? { limit: FOUND } : null).rows;
  const text = typed.trim().slice(0, 100);
  const said = useQuery('incidents.list', asked && text !== '' ? { text, limit: FOUND } : null).rows;
  return useMemo(() => {
    const rows = [...(open ?? []), ...(newest ?? []), ...(said ?? [])];
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }, [open, newest, said]);
}

/** Incidents in the order in which one goes through them: the worst first, and of those the newest. */
export function useOpenIncidents(): readonly IncidentRow[] {
  return useQuery('incidents.list', OPEN).rows ?? NONE;
}

/** Which of the open incidents this one is: `{ nth: 1, of: 2 }`; null for one that is not open, and where it is the only one. */
export function useWhich(id: string | null | undefined): { nth: number; of: number } | null {
  const open = useOpenIncidents();
  const at = open.findIndex((row) => row.id === id);
  return at < 0 || open.length < 2 ? null : { nth: at + 1, of: open.length };
}

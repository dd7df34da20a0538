import { useMemo } from 'react';
import { type IncidentRow, MOST_INCIDENTS } from '../../../contract/features/incidents.ts';
import type { RunView } from '../../../contract/features/plans.ts';
import { useQuery } from '../../bridge/index.ts';

/** The incidents that runs are for, by id, as far as they are known. */
export function useIncidentsOf(runs: readonly Pick<RunView, 'incident'>[]): ReadonlyMap<string, IncidentRow> {
  const ids = [...new Set(runs.map((run) => run.incident))].sort().slice(0, MOST_INCIDENTS);
  const { rows } = useQuery('incidents.list', ids.length > 0 ? { ids, limit: ids.length } : null);
  return useMemo(() => new Map((rows ?? []).map((row) => [row.id, row])), [rows]);
}

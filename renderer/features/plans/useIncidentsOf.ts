import { useCallback, useMemo } from 'react';
import { type IncidentRow, MOST_INCIDENTS } from '../../../contract/features/incidents.ts';
import type { RunView } from '../../../contract/features/plans.ts';
import { useQuery } from '../../bridge/index.ts';
import { useLang } from '../../i18n/index.ts';

/** The incidents that runs are for, by id, as far as they are known. */
export function useIncidentsOf(runs: readonly Pick<RunView, 'incident'>[]): ReadonlyMap<string, IncidentRow> {
  const ids = [...new Set(runs.map((run) => run.incident))].sort().slice(0, MOST_INCIDENTS);
  const { rows } = useQuery('incidents.list', ids.length > 0 ? { ids, limit: ids.length } : null);
  return useMemo(() => new Map((rows ?? []).map((row) => [row.id, row])), [rows]);
}

/** Says in front of a run's name where it is: the same plan may run for two incidents. Empty where nobody knows. */
export function useWhereOf(runs: readonly Pick<RunView, 'incident'>[]): (run: Pick<RunView, 'incident'>) => string {
  const incidents = useIncidentsOf(runs);
  const { text } = useLang();
  return useCallback(
    ({ incident }) => {
      const row = incidents.get(incident);
      const where = row ? text(row.place.name) || text(row.title) : '';
      return where === '' ? '' : `${where} · `;
    },
    [incidents, text],
  );
}

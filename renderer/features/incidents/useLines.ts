import { useMemo } from 'react';
import { MOST_INCIDENTS } from '../../../contract/features/incidents.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useSlice } from '../../desk/DeskProvider.tsx';
import { useOpenIncidents } from '../../desk/incidents.ts';
import { incidentDesk } from './incidentDesk.ts';
import { type IncidentLine, incidentLines } from './lines.ts';

/** Every open incident with what goes on for it. */
export function useLines(): readonly IncidentLine[] {
  const open = useOpenIncidents();
  const runs = useTopic('runs');
  const looked = useSlice(incidentDesk, (state) => state.looked);
  const { rows } = useQuery('incidents.list', MERGED);
  return useMemo(() => {
    const merged = new Map((rows ?? []).flatMap(({ id, into }) => (into === null ? [] : [[id, into] as const])));
    return incidentLines(open, runs.values(), merged, looked);
  }, [open, runs, rows, looked]);
}

const MERGED = { state: 'merged', limit: MOST_INCIDENTS } as const;

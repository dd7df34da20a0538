import type { IncidentView } from '../../../contract/features/incidents.ts';

/**
 * What a seat is told to do where no run is shown: only what is left to do, and only what it may do. Undefined where there is nothing.
 * @param incident the selected one; null where none is
 */
export function emptyHint(
  incident: Pick<IncidentView, 'state'> | null,
  mayLaunch: boolean,
): 'empty-hint' | 'launch-hint' | 'incident-closed' | undefined {
  if (incident?.state === 'closed') return 'incident-closed';
  if (incident?.state === 'merged' || !mayLaunch) return undefined;
  return incident ? 'launch-hint' : 'empty-hint';
}

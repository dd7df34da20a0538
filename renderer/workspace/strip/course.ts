import type { StationView } from '../../../contract/features/station.ts';

/**
 * What a drill's window says of the drill's course: opening a drill prepares it, and nothing happens in it until somebody starts it.
 *
 * @param drill as the station has it; null where its script could not be used
 * @param mayStart whether this seat has the button for it
 * @returns a word of the course; null where there is nothing to say
 */
export function courseWord(
  drill: Pick<NonNullable<StationView['drill']>, 'state'> | null,
  mayStart: boolean,
): 'ready' | 'ready-others' | 'running' | 'ended' | null {
  if (drill === null) return null;
  return drill.state === 'ready' && !mayStart ? 'ready-others' : drill.state;
}

import type { Slice } from '../../desk/slice.ts';

/** What a person has opened among incidents in one window, and what the seat has seen of them. */
export interface IncidentDesk {
  /** The alarm or incident for which open incidents are on offer, to join or to merge with. */
  readonly choosingFor: string | null;
  /** How much of each incident the seat has seen on this machine, by id: its `changes` when it last looked. */
  readonly looked: Readonly<Record<string, number>>;
}

export const incidentDesk: Slice<IncidentDesk> = {
  name: 'incidents',
  initial: () => ({ choosingFor: null, looked: {} }),
  selected: () => ({ choosingFor: null }),
};

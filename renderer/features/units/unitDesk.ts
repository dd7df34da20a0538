import type { Slice } from '../../desk/slice.ts';

/** What a person has let the map do with units, in one window. */
export interface UnitDesk {
  /** The unit that this window's map keeps in the middle: the selected one, or none. */
  readonly followed: string | null;
}

/** Whoever selects something else looks elsewhere: the map goes there and not after the unit. */
export const unitDesk: Slice<UnitDesk> = {
  name: 'units',
  initial: () => ({ followed: null }),
  selected: () => ({ followed: null }),
};

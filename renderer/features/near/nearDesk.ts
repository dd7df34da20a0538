import { FARTHEST_NEAR } from '../../../contract/features/places.ts';
import type { Selection } from '../../desk/selection.ts';
import type { Slice } from '../../desk/slice.ts';

/** What is looked around from. */
export interface Around {
  readonly selection: Selection;
  /** In the window's language, as it was called when it was asked about. */
  readonly title: string;
  readonly lon: number;
  readonly lat: number;
  /** The run that answers it, to whose steps units may be assigned; null: none. */
  readonly run: string | null;
}

/** What a person has asked to see around, in one window. */
export interface NearDesk {
  /** Null: nothing is looked around from. It stays whatever is selected, so that what is near can be looked at one after the other. */
  readonly around: Around | null;
  /** Metres. */
  readonly radius: number;
}

export const nearDesk: Slice<NearDesk> = { name: 'near', initial: () => ({ around: null, radius: 1000 }) };

export const NEAREST = 100;

/** A radius that can be asked for: whole hundreds of metres. */
export function roundRadius(metres: number): number {
  return Math.min(FARTHEST_NEAR, Math.max(NEAREST, Math.round(metres / 100) * 100));
}

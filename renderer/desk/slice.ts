import type { Region } from '../../contract/features/windows.ts';

/** What a window is from its opening to its end. */
export interface WindowRole {
  readonly seat: string;
  readonly region: Region;
  /** What its address names in the region, `run-1` of `#/plan/run-1`; null where it names nothing. */
  readonly named: string | null;
}

/**
 * What one feature keeps in a window beside the desk's own state. It stands in the desk's store, so that what is selected and
 * what a feature makes of it change in one step.
 */
export interface Slice<S extends object> {
  /** Unique in the window. */
  readonly name: string;
  /** As the window opens. */
  readonly initial: (role: WindowRole) => S;
  /** What changes when something else is selected, in this window or in another of its seat. */
  readonly selected?: (role: WindowRole) => Partial<S>;
}

/** Slices of any state, as a list has them. */
// biome-ignore lint/suspicious/noExplicitAny: each slice is asked only for the state that it made itself
export type AnySlice = Slice<any>;

/**
 * A feature's state in this window.
 *
 * @throws Error when no feature of the window declares the slice
 */
export function stateOf<S extends object>(desk: { readonly slices: ReadonlyMap<string, object> }, slice: Slice<S>): S {
  const state = desk.slices.get(slice.name);
  if (state === undefined)
    throw new Error(`no feature declares the slice "${slice.name}": add it to one in renderer/features`);
  return state as S;
}

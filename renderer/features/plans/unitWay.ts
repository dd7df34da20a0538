import type { NearRow } from '../../../contract/features/places.ts';
import type { StepView } from '../../../contract/features/plans.ts';
import { crowSeconds, distanceM } from '../../../core/places/geo.ts';
import { isSettledState } from '../../../core/plans/stepState.ts';

/** WGS 84 degrees. */
export interface Spot {
  readonly lon: number;
  readonly lat: number;
}

/** So many units are offered at a time. */
const OFFERED = 8;
/** Within so many metres of it a unit is there. */
const THERE = 150;

/** Whether units may be sent for it: it is still to be done, be it later. */
export function mayBeSent(step: Pick<StepView, 'state'>): boolean {
  return !isSettledState(step.state);
}

/** Of what is near the units that could be sent: on duty, not sent yet, the department's own first, else as they come. */
export function candidates(rows: readonly NearRow[], department: string, sent: readonly string[]): NearRow[] {
  const free = rows.filter(({ what, status, thing }) => what === 'unit' && status !== 'off' && !sent.includes(thing));
  const own = free.filter((row) => row.department === department);
  const others = free.filter((row) => row.department !== department);
  return [...own, ...others].slice(0, OFFERED);
}

/** How far a unit is from where it is sent, and how long it takes at the speed of a town; `there` once it has come. */
export function wayLeft(from: Spot, to: Spot): { there: boolean; metres: number; minutes: number } {
  const metres = distanceM(from, to);
  return { there: metres <= THERE, metres, minutes: Math.max(1, Math.round(crowSeconds(metres) / 60)) };
}

import type { IncidentRow } from '../../../contract/features/incidents.ts';
import { distanceM, type LonLat } from '../../../core/places/geo.ts';

/** Metres within which what is told may be about the same thing. */
const NEAR_M = 3000;
/** Milliseconds for which an incident that was opened is taken to be about the same thing. */
const LATELY_MS = 3 * 3600_000;

/** An open incident that something may belong to. */
export interface Candidate {
  readonly incident: IncidentRow;
  readonly metres: number;
  /** The alarm that it was opened for is of the same rule. */
  readonly sameRule: boolean;
  /** Near and lately, or near and of the same rule: it may well be the same thing. */
  readonly fits: boolean;
}

/**
 * The open incidents that an alarm, or another incident, may belong to: those that may well be the same thing first, then the
 * nearest.
 *
 * @param about `rule`: of the alarm, or of the alarm that the incident was opened for; null where there is none
 * @param at when the alarm was raised or the incident opened
 */
export function candidates(
  about: { readonly id: string; readonly place: LonLat; readonly rule: string | null; readonly at: number },
  open: readonly IncidentRow[],
): Candidate[] {
  return open
    .filter(({ id }) => id !== about.id)
    .map((incident) => {
      const metres = distanceM(about.place, incident.place);
      const sameRule = about.rule !== null && ruleOf(incident.alarm) === about.rule;
      const lately = Math.abs(about.at - incident.openedAt) <= LATELY_MS;
      return { incident, metres, sameRule, fits: metres <= NEAR_M && (lately || sameRule) };
    })
    .sort((a, b) => Number(b.fits) - Number(a.fits) || a.metres - b.metres);
}

/** The rule of an alarm's id, `alarm:<rule>:<source>`; null for none. */
export function ruleOf(alarm: string | null): string | null {
  return /^alarm:([^:]+):/.exec(alarm ?? '')?.[1] ?? null;
}

import type { Text } from '../words.ts';
import { FACILITY_KINDS, SENSOR_KINDS, UNIT_KINDS } from './city.ts';

/** Of what there are kinds that a hall may add to. */
export const KINDS_OF = ['sensor', 'unit', 'facility'] as const;
export type KindOf = (typeof KINDS_OF)[number];

/** Kinds that every hall has, and that rules, plans and windows of the product speak of. */
export const USUAL_KINDS: Readonly<Record<KindOf, readonly string[]>> = {
  sensor: SENSOR_KINDS,
  unit: UNIT_KINDS,
  facility: FACILITY_KINDS,
};

/** How sensors of a kind are drawn on the map. */
export const SENSOR_LOOKS = ['rain', 'water-level', 'gas', 'fire', 'power', 'traffic', 'air', 'other'] as const;
export type SensorLook = (typeof SENSOR_LOOKS)[number];

/** The same of facilities; units have the sign of their department. */
export const FACILITY_LOOKS = [...FACILITY_KINDS, 'other'] as const;
export type FacilityLook = (typeof FACILITY_LOOKS)[number];

/** A kind of a hall's own. */
export interface OwnKind {
  readonly of: KindOf;
  readonly kind: string;
  readonly name: Text;
  /** Null for units, which are drawn by their department. */
  readonly look: SensorLook | FacilityLook | null;
}

/** How sensors of a kind are drawn: as its file says, by its own name where that is a look, and else as any other. */
export function sensorLook(own: readonly OwnKind[], kind: string): SensorLook {
  return looked(SENSOR_LOOKS, ofKind(own, 'sensor', kind), kind);
}

/** The same of facilities. */
export function facilityLook(own: readonly OwnKind[], kind: string): FacilityLook {
  return looked(FACILITY_LOOKS, ofKind(own, 'facility', kind), kind);
}

const ofKind = (own: readonly OwnKind[], of: KindOf, kind: string) =>
  own.find((each) => each.of === of && each.kind === kind)?.look ?? null;

function looked<L extends string>(looks: readonly (L | 'other')[], said: string | null, kind: string): L | 'other' {
  return looks.find((look) => look === said) ?? looks.find((look) => look === kind) ?? 'other';
}

import type { Tags } from '../read/source.ts';

const METRES_A_LEVEL = 3;
const METRES_A_FOOT = 0.3048;
const MOST = 900;

/** Metres of buildings that say neither height nor levels, by kind. */
const DEFAULTS: Readonly<Record<string, number>> = {
  apartments: 18,
  dormitory: 18,
  residential: 15,
  hotel: 24,
  office: 24,
  commercial: 15,
  retail: 8,
  supermarket: 8,
  hospital: 21,
  school: 12,
  university: 15,
  public: 12,
  civic: 12,
  government: 18,
  church: 15,
  cathedral: 30,
  mosque: 15,
  temple: 10,
  industrial: 9,
  warehouse: 9,
  factory: 9,
  stadium: 24,
  train_station: 15,
  house: 7,
  detached: 7,
  semidetached_house: 7,
  terrace: 8,
  bungalow: 4,
  garage: 3,
  garages: 3,
  carport: 3,
  shed: 3,
  hut: 3,
  kiosk: 3,
  roof: 4,
  greenhouse: 4,
  farm_auxiliary: 5,
  barn: 7,
};
const OTHERWISE = 9;

/** Height of a building in whole metres: as it says, or from its levels, or as its kind mostly is. */
export function heightOf(tags: Tags, building: string): number {
  const metres = metresOf(tags.get('height')) ?? levelsOf(tags.get('building:levels'));
  const height = metres ?? (Object.hasOwn(DEFAULTS, building) ? DEFAULTS[building] : undefined) ?? OTHERWISE;
  return Math.max(1, Math.min(MOST, Math.round(height)));
}

/** `12`, `12.5 m`, `40'`, `40 ft`, `40'6"`; undefined for what is none of these. */
export function metresOf(text: string | undefined): number | undefined {
  const match = /^\s*(\d{1,6}(?:[.,]\d{1,4})?)\s*(m|metres|meters|米|'|ft|feet)?\s*(?:(\d{1,2})")?\s*$/i.exec(
    text ?? '',
  );
  if (!match) return undefined;
  const value = Number((match[1] ?? '').replace(',', '.'));
  const isFeet = /^(?:'|ft|feet)$/i.test(match[2] ?? '');
  const metres = isFeet ? (value + Number(match[3] ?? 0) / 12) * METRES_A_FOOT : value;
  return metres > 0 ? metres : undefined;
}

function levelsOf(text: string | undefined): number | undefined {
  const levels = /^\s*\d{1,3}(?:[.,]\d)?\s*$/.test(text ?? '') ? Number((text ?? '').replace(',', '.')) : 0;
  return levels > 0 ? levels * METRES_A_LEVEL : undefined;
}

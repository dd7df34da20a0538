import type { RoadClass } from '../../../../core/places/roads.ts';
import type { Properties } from '../tile/readTile.ts';
import type { Translated } from './schema.ts';

/** What all three schemas share with OpenStreetMap, from which they are made: its words for roads, uses of land and places. */

/** `highway=*` without `_link`. Paths that no vehicle drives are left out: they are hair on a map of a hall. */
const ROADS: Readonly<Record<string, RoadClass>> = {
  motorway: 'expressway',
  trunk: 'expressway',
  primary: 'arterial',
  secondary: 'secondary',
  tertiary: 'local',
  unclassified: 'local',
  residential: 'local',
  living_street: 'local',
  road: 'local',
  busway: 'service',
  service: 'service',
  pedestrian: 'service',
  track: 'service',
};

/** `railway=*` that runs where people see it; a subway is below them. */
const RAILS = new Set(['rail', 'narrow_gauge', 'light_rail', 'tram', 'monorail', 'funicular', 'preserved']);

/** Values of `landuse`, `leisure`, `natural`, `amenity` and their like, by the use that the styles colour. */
const USES: Readonly<Record<string, readonly string[]>> = {
  park: [
    ...['park', 'garden', 'forest', 'wood', 'grass', 'grassland', 'meadow', 'scrub', 'heath', 'orchard', 'vineyard'],
    ...['cemetery', 'grave_yard', 'golf_course', 'village_green', 'recreation_ground', 'allotments', 'plant_nursery'],
    ...['playground', 'pitch', 'zoo', 'dog_park', 'theme_park', 'wetland', 'swamp', 'marsh', 'mangrove', 'flowerbed'],
  ],
  campus: [
    ...['school', 'university', 'college', 'kindergarten', 'hospital', 'stadium', 'sports_center', 'sports_centre'],
    ...['library', 'townhall', 'military', 'prison', 'education', 'institutional'],
  ],
  industry: ['industrial', 'railway', 'landfill', 'quarry', 'brownfield', 'construction', 'garages', 'farmyard'],
  port: ['port', 'harbour', 'marina', 'dock', 'pier', 'breakwater', 'groyne', 'aerodrome', 'airfield', 'naval_base'],
  commerce: ['commercial', 'retail', 'bus_station', 'supermarket', 'hotel'],
  square: ['pedestrian', 'square', 'parking', 'plaza', 'platform'],
  housing: ['residential', 'suburb', 'neighbourhood', 'quarter'],
};
const USE_OF = new Map(Object.entries(USES).flatMap(([use, values]) => values.map((value) => [value, use])));

/** `place=*` by kind of label: a town and a part of a city are what a street (街道) is in the drill city, a village a community. */
const PLACES: Readonly<Record<string, string>> = {
  city: 'city',
  capital: 'city',
  state_capital: 'city',
  town: 'street',
  borough: 'street',
  suburb: 'street',
  quarter: 'community',
  neighbourhood: 'community',
  village: 'community',
  hamlet: 'community',
  island: 'island',
  islet: 'island',
};

/** The smaller, the more it matters. */
const RANKS: Readonly<Record<string, number>> = { city: 0, street: 2, station: 3, community: 4, park: 5 };
const OTHER_RANK = 1;

/** A building of which nobody says how high it is, metres: three floors, as most are. */
const USUAL_HEIGHT = 9;
/** Names are as long as a person reads. */
const MAX_NAME = 120;

/** A road; null for what is none. @param kind `highway=*`, which may end in `_link` */
export function road(kind: string, isLink: boolean, properties: Properties): Translated | null {
  const linked = kind.endsWith('_link');
  const name = linked ? kind.slice(0, -5) : kind;
  const roadClass = of(ROADS, name);
  if (!roadClass) return null;
  // Ramps are drawn as those of expressways; a link between other roads is a road.
  const ramp = (linked || isLink) && roadClass === 'expressway' ? { ramp: true } : {};
  return { layer: 'roads', properties: { class: roadClass, ...namesOf(properties), ...ramp } };
}

export function rail(kind: string, properties: Properties): Translated | null {
  return RAILS.has(kind) ? { layer: 'rail', properties: namesOf(properties) } : null;
}

export function landuse(kind: string): Translated | null {
  const use = USE_OF.get(kind);
  return use === undefined ? null : { layer: 'landuse', properties: { use } };
}

export function building(height: number | null): Translated {
  return { layer: 'buildings', properties: { h: height !== null && height > 0 ? height : USUAL_HEIGHT } };
}

export function place(kind: string, properties: Properties): Translated | null {
  const labelled = of(PLACES, kind);
  return labelled === undefined ? null : label(labelled, properties);
}

/** A name on the map; null without one. */
export function label(kind: string, properties: Properties): Translated | null {
  const names = namesOf(properties);
  if (names.zh === '') return null;
  return { layer: 'labels', properties: { kind, ...names, rank: of(RANKS, kind) ?? OTHER_RANK } };
}

/**
 * A border by its `admin_level`: 9 and 10 are communities in China, 4 to 8 what is above them. Those of states are left out: how they run
 * is not for a basemap to say. So are those at sea.
 */
export function border(level: number, atSea: boolean): Translated | null {
  if (atSea || !(level >= 4 && level <= 10)) return null;
  return { layer: 'borders', properties: { level: level >= 9 ? 'community' : 'street' } };
}

/** @param kind of a surface of water; of a water's course or shore that is a line it is `bank` */
export function water(kind: string): Translated {
  return { layer: 'water', properties: { kind } };
}

export const LAND: Translated = { layer: 'land', properties: { kind: 'land' } };

/** Both names of a thing, each in place of the other where one is missing, then what it is called where it is; empty without any. */
export function namesOf(properties: Properties): { zh: string; en: string } {
  const local = firstText(properties, 'name', 'ref');
  const zh = firstText(properties, 'name:zh-Hans', 'name:zh', 'name_zh') || local;
  const en = firstText(properties, 'name:en', 'name_en', 'name:latin', 'name_int') || local;
  return { zh: zh || en, en: en || zh };
}

function firstText(properties: Properties, ...keys: string[]): string {
  for (const key of keys) {
    const value = text(properties, key);
    if (value !== '') return value;
  }
  return '';
}

/** What a table has for a word from outside, which may be `constructor`. */
export function of<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** A property as text; empty when it is none. */
export function text(properties: Properties, key: string): string {
  const value = properties[key];
  return typeof value === 'string'
    ? value
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, MAX_NAME)
    : '';
}

/** A property as a number, which some makers write as text; null when it is none. */
export function number(properties: Properties, key: string): number | null {
  const value = properties[key];
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : null;
}

/** Whether a property says yes: `true`, 1, or a text that is no no. */
export function yes(properties: Properties, key: string): boolean {
  const value = properties[key];
  return value !== undefined && value !== false && value !== 0 && value !== '' && value !== 'no' && value !== 'false';
}

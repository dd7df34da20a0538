import type { PlaceKind } from '../../../../core/places/gazetteer.ts';
import type { Text } from '../../../../core/words.ts';
import type { Tags } from '../read/source.ts';
import { isPort } from './labels.ts';
import { clean, isChinese, nameOf, sameName } from './names.ts';

export interface FoundPlace {
  readonly kind: PlaceKind;
  readonly name: Text;
  /** What is kept first where there are too many: the least. */
  readonly rank: number;
}

const RESPONSE: ReadonlySet<string> = new Set(
  (
    'hospital clinic doctors police fire_station school university college kindergarten townhall courthouse ambulance_station ' +
    'social_facility prison shelter bus_station ferry_terminal'
  ).split(' '),
);
/** Furniture of the street that bears a name now and then, or the name of the street. */
const FURNITURE: ReadonlySet<string> = new Set(
  'bench waste_basket bicycle_parking parking_space parking_entrance post_box vending_machine recycling telephone atm toilets'.split(
    ' ',
  ),
);
const SETTLEMENTS: ReadonlySet<string> = new Set(
  'city town borough district suburb municipality county island'.split(' '),
);
/** Keys of which any value makes a named thing findable, the more asked for first. */
const FINDABLE: readonly (readonly [string, number])[] = [
  ['amenity', 4],
  ['tourism', 4],
  ['historic', 4],
  ['leisure', 4],
  ['natural', 4],
  ['aeroway', 4],
  ['man_made', 4],
  ['landuse', 5],
  ['water', 5],
  ['power', 5],
  ['military', 5],
  ['shop', 5],
  ['office', 5],
  ['healthcare', 5],
  ['building', 5],
  ['public_transport', 6],
];
export const ADDRESS_RANK = 7;

/** How a thing is found by its name; null when it has none or nobody would look for it. */
export function placeOf(tags: Tags): FoundPlace | null {
  const name = nameOf(tags);
  if (!name) return addressOf(tags);
  const found = (kind: PlaceKind, rank: number): FoundPlace => ({ kind, name, rank });
  const place = tags.get('place');
  if (place !== undefined) return found('place', SETTLEMENTS.has(place) ? 0 : 2);
  if (isResponse(tags)) return found('facility', 1);
  if (isPort(tags)) return found('facility', 1);
  // Stops of a line bear the name of their station, once for every track.
  if (tags.get('public_transport') === 'stop_position' || tags.get('railway') === 'platform') return null;
  if (FURNITURE.has(tags.get('amenity') ?? '')) return null;
  if (tags.get('leisure') === 'park' || tags.get('man_made') === 'bridge') return found('place', 2);
  for (const [key, rank] of FINDABLE) if (tags.has(key)) return found('place', rank);
  return null;
}

function isResponse(tags: Tags): boolean {
  const railway = tags.get('railway');
  return (
    RESPONSE.has(tags.get('amenity') ?? '') ||
    tags.get('emergency') === 'ambulance_station' ||
    tags.get('emergency') === 'fire_station' ||
    tags.get('healthcare') === 'hospital' ||
    tags.get('office') === 'government' ||
    tags.get('aeroway') === 'aerodrome' ||
    ((railway === 'station' || railway === 'halt') && tags.get('public_transport') !== 'stop_position')
  );
}

/** The bridge that a road is on, by the bridge's own name. */
export function bridgeOf(tags: Tags): FoundPlace | null {
  const bridge = tags.get('bridge');
  if (bridge === undefined || bridge === 'no') return null;
  const own = sameName(tags.get('bridge:name'));
  const road = nameOf(tags);
  const name = own ?? (road && /桥|bridge|pont|brücke/i.test(`${road.zh} ${road.en}`) ? road : null);
  return name && { kind: 'place', name, rank: 2 };
}

/** An address, each language in its own order: 和平路12号, 12 Heping Road. */
function addressOf(tags: Tags): FoundPlace | null {
  const number = clean(tags.get('addr:housenumber'));
  const street = clean(tags.get('addr:street')) || clean(tags.get('addr:place'));
  if (number === '' || street === '') return null;
  const english = clean(tags.get('addr:street:en')) || street;
  const zh = isChinese(street) ? `${street}${/[号號]$/.test(number) ? number : `${number}号`}` : `${street} ${number}`;
  return { kind: 'place', name: { zh, en: `${number} ${english}` }, rank: ADDRESS_RANK };
}

import type { Tags } from '../read/source.ts';

/** A name on the map. */
export interface LabelKind {
  readonly kind: string;
  /** What is written first where names want the same room: the least. */
  readonly rank: number;
  readonly minZoom: number;
}

const label = (kind: string, rank: number, minZoom: number): LabelKind => ({ kind, rank, minZoom });

/**
 * Settlements: what a city's map calls streets (街道) are suburbs and towns in OpenStreetMap, its communities are quarters and villages.
 * Zooms are those at which the style begins to write each kind.
 */
const PLACES: Readonly<Record<string, LabelKind>> = {
  city: label('city', 0, 6),
  municipality: label('city', 0, 6),
  town: label('street', 1, 10),
  borough: label('street', 2, 11),
  district: label('street', 2, 11),
  suburb: label('street', 2, 11),
  quarter: label('community', 4, 13),
  neighbourhood: label('community', 4, 13),
  village: label('community', 4, 13),
  hamlet: label('community', 5, 13),
  island: label('island', 1, 11),
  islet: label('island', 3, 12),
  sea: label('sea', 0, 8),
  ocean: label('sea', 0, 8),
};

const LAKE = label('lake', 3, 12);
const PARK = label('park', 5, 14);
const HILL = label('hill', 3, 11);
const BAY = label('bay', 1, 10);
const STATION = label('station', 3, 12);
const PORT = label('port', 3, 12);
export const RIVER_LABEL = label('river', 1, 10);
export const UNDERPASS_LABEL = label('underpass', 3, 12);
export const CITY_LABEL = label('city', 0, 6);

/** How the name of a thing is written on the map; null when it isn't, though it may be found. */
export function labelOf(tags: Tags): LabelKind | null {
  const place = tags.get('place');
  if (place !== undefined && Object.hasOwn(PLACES, place)) return PLACES[place] ?? null;
  const natural = tags.get('natural');
  if (natural === 'peak' || natural === 'hill' || natural === 'volcano' || natural === 'ridge') return HILL;
  if (natural === 'bay' || natural === 'strait') return BAY;
  const railway = tags.get('railway');
  if (railway === 'station' || railway === 'halt')
    return tags.get('public_transport') === 'stop_position' ? null : STATION;
  if (isPort(tags)) return PORT;
  const isRiver = tags.get('water') === 'river' || tags.get('waterway') === 'riverbank';
  if (natural === 'water' || tags.get('landuse') === 'reservoir') return isRiver ? null : LAKE;
  const leisure = tags.get('leisure');
  if (leisure === 'park' || leisure === 'nature_reserve' || leisure === 'golf_course') return PARK;
  return leisure === 'garden' || tags.get('tourism') === 'zoo' || tags.get('tourism') === 'theme_park' ? PARK : null;
}

export function isPort(tags: Tags): boolean {
  return (
    tags.get('amenity') === 'ferry_terminal' ||
    tags.get('leisure') === 'marina' ||
    tags.get('landuse') === 'port' ||
    tags.get('landuse') === 'harbour' ||
    tags.get('industrial') === 'port' ||
    tags.get('harbour') === 'yes' ||
    tags.get('seamark:type') === 'harbour'
  );
}

const SAYS_TUNNEL = /下穿|隧道|地道|地下通道|underpass|tunnel/i;

/** Whether a road's tunnel or its name says that it's an underpass that bears a name of its own. */
export function underpassName(tags: Tags): string | null {
  const tunnel = tags.get('tunnel');
  if (tunnel === undefined || tunnel === 'no') return null;
  const own = tags.get('tunnel:name');
  if (own !== undefined) return own;
  const name = tags.get('name') ?? '';
  return SAYS_TUNNEL.test(name) ? name : null;
}

import { LINE, POINT, POLYGON, type Properties } from '../tile/readTile.ts';
import type { Schema, Translated } from './schema.ts';
import { border, building, LAND, label, landuse, number, of, place, rail, road, text, water, yes } from './words.ts';

/** Version 4 has `kind`, those before it `pmap:kind`. */
const tagOf = (properties: Properties, key: string): string => text(properties, key) || text(properties, `pmap:${key}`);
const kindOf = (properties: Properties): string => tagOf(properties, 'kind');
const detailOf = (properties: Properties): string => tagOf(properties, 'kind_detail');

/** Its kinds of roads, for tiles that do not say in detail which of OpenStreetMap's they are. */
const ROADS: Readonly<Record<string, string>> = {
  highway: 'motorway',
  major_road: 'primary',
  medium_road: 'secondary',
  minor_road: 'residential',
};
/** Which of its waters are lines, and of what. */
const STREAMS = new Set(['river', 'canal', 'stream', 'ditch', 'drain']);
const SEAS: Readonly<Record<string, string>> = { ocean: 'sea', sea: 'sea', bay: 'bay', strait: 'bay', fjord: 'bay' };

function roads(properties: Properties, type: number): Translated | null {
  if (type !== LINE) return null;
  const kind = kindOf(properties);
  const detail = detailOf(properties);
  if (kind === 'rail') return yes(properties, 'is_tunnel') ? null : rail(detail || 'rail', properties);
  const isLink = yes(properties, 'is_link') || yes(properties, 'pmap:link') || detail.endsWith('_link');
  return road(detail, isLink, properties) ?? road(of(ROADS, kind) ?? '', isLink, properties);
}

/** The sea is what is not land; it is not drawn a second time. */
function waters(properties: Properties, type: number): Translated | null {
  const kind = kindOf(properties);
  if (type === POINT) return label(of(SEAS, kind) ?? (STREAMS.has(kind) ? 'river' : 'lake'), properties);
  if (type === LINE) return water('bank');
  if (of(SEAS, kind)) return null;
  return water(STREAMS.has(kind) || STREAMS.has(detailOf(properties)) ? 'river' : 'lake');
}

function places(properties: Properties): Translated | null {
  const kind = kindOf(properties);
  if (kind === 'macrohood' || kind === 'borough') return label('street', properties);
  if (kind === 'neighbourhood') return place(detailOf(properties) || kind, properties);
  return kind === 'locality' ? place(detailOf(properties) || 'village', properties) : null;
}

/** The basemap of Protomaps, versions 3 and 4 (docs.protomaps.com/basemaps/layers). */
export const PROTOMAPS: Schema = {
  id: 'protomaps',
  marks: ['earth', 'places', 'pois', 'boundaries', 'physical_point', 'physical_line'],
  landIsWhatIsNotSea: false,
  layers: {
    earth: (properties, type) => {
      if (type === POLYGON) return LAND;
      return kindOf(properties) === 'island' && type === POINT ? label('island', properties) : null;
    },
    landcover: (properties) => landuse(kindOf(properties)),
    natural: (properties, type) => (type === POLYGON ? landuse(kindOf(properties)) : null),
    landuse: (properties, type) => (type === POLYGON ? landuse(kindOf(properties)) : null),
    water: waters,
    physical_line: (properties, type) => (type === LINE && STREAMS.has(kindOf(properties)) ? water('bank') : null),
    buildings: (properties, type) => (type === POLYGON ? building(number(properties, 'height')) : null),
    roads,
    transit: (properties, type) =>
      type === LINE && kindOf(properties) === 'rail' ? rail(detailOf(properties) || 'rail', properties) : null,
    boundaries: (properties) =>
      border(number(properties, 'kind_detail') ?? number(properties, 'pmap:min_admin_level') ?? 0, false),
    places,
    pois(properties) {
      const kind = kindOf(properties);
      if (kind === 'station' || kind === 'train_station') return label('station', properties);
      if (kind === 'park') return label('park', properties);
      return kind === 'peak' ? label('hill', properties) : null;
    },
  },
};

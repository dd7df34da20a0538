import { LINE, POLYGON, type Properties } from '../tile/readTile.ts';
import type { Schema, Translated } from './schema.ts';
import { border, building, label, landuse, number, of, place, rail, road, text, water, yes } from './words.ts';

const kindOf = (properties: Properties): string => text(properties, 'kind');

/** `water_polygons`; ice is land. */
const WATER: Readonly<Record<string, string>> = { river: 'river', canal: 'river', dock: 'river', glacier: '' };

function street(properties: Properties): Translated | null {
  const kind = kindOf(properties);
  return road(kind, yes(properties, 'link'), properties) ?? (yes(properties, 'tunnel') ? null : rail(kind, properties));
}

/** Shortbread 1.0 and 1.1 (shortbread-tiles.org/schema), as tilemaker, Planetiler and VersaTiles write it. */
export const SHORTBREAD: Schema = {
  id: 'shortbread',
  marks: ['ocean', 'water_polygons', 'water_lines', 'streets', 'street_labels', 'street_polygons', 'place_labels'],
  landIsWhatIsNotSea: true,
  layers: {
    ocean: () => water('sea'),
    water_polygons(properties) {
      const kind = of(WATER, kindOf(properties)) ?? 'lake';
      return kind === '' ? null : water(kind);
    },
    water_lines: (properties) => (yes(properties, 'tunnel') ? null : water('bank')),
    water_polygons_labels: (properties) =>
      label(['river', 'canal'].includes(kindOf(properties)) ? 'river' : 'lake', properties),
    water_lines_labels: (properties) =>
      ['river', 'canal'].includes(kindOf(properties)) ? label('river', properties) : null,
    pier_polygons: (properties) => landuse(kindOf(properties)),
    land: (properties) => landuse(kindOf(properties)),
    sites: (properties) => landuse(kindOf(properties)),
    street_polygons: (properties) => (kindOf(properties) === 'pedestrian' ? landuse('pedestrian') : null),
    buildings: (properties, type) => (type === POLYGON ? building(number(properties, 'height')) : null),
    streets: (properties, type) => (type === LINE ? street(properties) : null),
    // Names are lines of their own: drawn once more over the same road, they give it its name.
    street_labels: (properties, type) =>
      type === LINE ? road(kindOf(properties), yes(properties, 'link'), properties) : null,
    boundaries: (properties) => border(number(properties, 'admin_level') ?? 0, yes(properties, 'maritime')),
    place_labels: (properties) => place(kindOf(properties), properties),
    public_transport: (properties) => (kindOf(properties) === 'station' ? label('station', properties) : null),
  },
};

import { LINE, POLYGON, type Properties } from '../tile/readTile.ts';
import type { Schema, Translated } from './schema.ts';
import { border, building, label, landuse, number, of, place, rail, road, text, water, yes } from './words.ts';

const classOf = (properties: Properties): string => text(properties, 'class');

/** Its classes of roads that are not named as OpenStreetMap's. */
const ROADS: Readonly<Record<string, string>> = { minor: 'residential', raceway: 'service', busway: 'busway' };
const WATER: Readonly<Record<string, string>> = { ocean: 'sea', river: 'river', dock: 'river', pond: 'pond' };
const WATER_NAMES: Readonly<Record<string, string>> = { ocean: 'sea', sea: 'sea', bay: 'bay', strait: 'bay' };

function transportation(properties: Properties, type: number): Translated | null {
  const kind = classOf(properties);
  if (type === POLYGON) return landuse(text(properties, 'subclass') || kind);
  if (type !== LINE) return null;
  const subclass = text(properties, 'subclass');
  // Foot and cycle ways are of one class with streets for walking.
  if (kind === 'path') return subclass === 'pedestrian' ? road('pedestrian', false, properties) : null;
  const drawn = road(of(ROADS, kind) ?? kind, number(properties, 'ramp') === 1, properties);
  if (drawn) return drawn;
  return text(properties, 'brunnel') === 'tunnel' ? null : rail(subclass || kind, properties);
}

/** OpenMapTiles 3 (openmaptiles.org/schema), as its own tools, Planetiler and tilemaker write it. */
export const OPENMAPTILES: Schema = {
  id: 'openmaptiles',
  marks: ['transportation', 'transportation_name', 'water_name', 'waterway', 'aeroway', 'mountain_peak', 'housenumber'],
  landIsWhatIsNotSea: true,
  layers: {
    water: (properties) => water(of(WATER, classOf(properties)) ?? 'lake'),
    waterway: (properties) => (text(properties, 'brunnel') === 'tunnel' ? null : water('bank')),
    landcover: (properties) => landuse(text(properties, 'subclass')) ?? landuse(classOf(properties)),
    landuse: (properties) => landuse(classOf(properties)),
    building: (properties) => (yes(properties, 'hide_3d') ? null : building(number(properties, 'render_height'))),
    transportation,
    // Names are lines of their own: drawn once more over the same road, they give it its name.
    transportation_name: (properties, type) =>
      type === LINE ? road(of(ROADS, classOf(properties)) ?? classOf(properties), false, properties) : null,
    boundary: (properties) => border(number(properties, 'admin_level') ?? 0, yes(properties, 'maritime')),
    place: (properties) => place(classOf(properties), properties),
    water_name: (properties) => label(of(WATER_NAMES, classOf(properties)) ?? 'lake', properties),
    mountain_peak: (properties) => label('hill', properties),
    poi(properties) {
      const kind = classOf(properties);
      if (kind === 'park') return label('park', properties);
      return kind === 'railway' && text(properties, 'subclass') === 'station' ? label('station', properties) : null;
    },
  },
};

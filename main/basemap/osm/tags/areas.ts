import type { Attributes } from '../../tiling/attributes.ts';
import type { Layer } from '../../tiling/layers.ts';
import type { Tags } from '../read/source.ts';
import { heightOf } from './heights.ts';

/** A polygon on the map. */
export interface AreaKind {
  readonly layer: Layer;
  readonly attributes: Attributes;
  readonly minZoom: number;
}

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Uses of land of our map, from the values that mean them, by key. The first key that says something counts. */
const USES: Table = {
  leisure: of({
    park:
      'park garden golf_course nature_reserve recreation_ground playground pitch common dog_park track miniature_golf ' +
      'bandstand picnic_table village_green',
    campus: 'sports_centre stadium sports_hall fitness_centre horse_riding',
  }),
  amenity: of({
    campus:
      'school university college kindergarten hospital clinic research_institute prison townhall place_of_worship ' +
      'monastery community_centre library courthouse social_facility theatre arts_centre conference_centre',
    square: 'parking bus_station taxi',
    commerce: 'marketplace fuel',
    park: 'grave_yard',
    port: 'ferry_terminal',
    industry: 'recycling',
  }),
  landuse: of({
    park:
      'grass forest recreation_ground village_green meadow cemetery orchard allotments vineyard greenfield flowerbed ' +
      'plant_nursery greenery park',
    campus: 'education institutional religious governmental public civic_admin',
    industry:
      'industrial railway depot quarry landfill garages brownfield military construction greenhouse_horticulture logistics',
    port: 'port harbour',
    commerce: 'commercial retail',
    housing: 'residential',
    square: 'plaza highway',
  }),
  natural: of({ park: 'wood scrub grassland heath fell shrubbery' }),
  tourism: of({ park: 'zoo theme_park camp_site caravan_site picnic_site', campus: 'museum' }),
  place: of({ square: 'square' }),
  aeroway: of({ industry: 'aerodrome heliport', square: 'apron runway taxiway helipad' }),
  power: of({ industry: 'plant substation' }),
  man_made: of({ industry: 'works wastewater_plant water_works' }),
  historic: of({ oldtown: 'district citywall city_walls archaeological_site', park: 'memorial monument castle' }),
  military: of({ industry: 'base barracks naval_base airfield' }),
};

const WATER_KINDS: Readonly<Record<string, string>> = {
  river: 'river',
  canal: 'river',
  stream: 'river',
  ditch: 'river',
  oxbow: 'river',
  lake: 'lake',
  reservoir: 'lake',
  basin: 'lake',
  lagoon: 'lake',
  pond: 'pond',
  pool: 'pond',
  fountain: 'pond',
  wastewater: 'pond',
  reflecting_pool: 'pond',
};

/** Square metres from which water that doesn't say what it is is a lake. */
const LAKE_M2 = 20_000;

/** What a closed way or a multipolygon is on the map; null when nothing is drawn. */
export function areaOf(tags: Tags, areaM2: number): AreaKind | null {
  if (tags.get('area') === 'no') return null;
  return buildingOf(tags) ?? waterOf(tags, areaM2) ?? pierOf(tags) ?? usedAs(tags, areaM2);
}

/** Whether tags may make an area at all; what it is depends on its size. */
export function mayBeArea(tags: Tags): boolean {
  return tags.size > 0 && areaOf(tags, LAKE_M2) !== null;
}

function buildingOf(tags: Tags): AreaKind | null {
  const building = tags.get('building');
  if (building === undefined || building === 'no' || tags.get('location') === 'underground') return null;
  return { layer: 'buildings', attributes: { h: heightOf(tags, building) }, minZoom: 13 };
}

function waterOf(tags: Tags, areaM2: number): AreaKind | null {
  const kind = waterKind(tags, areaM2);
  return kind === null
    ? null
    : { layer: 'water', attributes: { kind }, minZoom: zoomOfArea(areaM2, kind === 'pond' ? 12 : 8) };
}

function waterKind(tags: Tags, areaM2: number): string | null {
  const bySize = areaM2 < LAKE_M2 ? 'pond' : 'lake';
  if (tags.get('natural') === 'water') return valueIn(WATER_KINDS, tags.get('water')) ?? bySize;
  if (tags.get('waterway') === 'riverbank') return 'river';
  if (tags.get('waterway') === 'dock') return 'lake';
  const landuse = tags.get('landuse');
  if (landuse === 'reservoir' || landuse === 'basin' || landuse === 'pond') return bySize;
  if (landuse === 'salt_pond' || landuse === 'aquaculture') return 'pond';
  if (tags.get('leisure') === 'swimming_pool' || tags.get('amenity') === 'fountain') return 'pond';
  return null;
}

function pierOf(tags: Tags): AreaKind | null {
  const made = tags.get('man_made');
  const isPier = made === 'pier' || made === 'breakwater' || made === 'groyne' || made === 'quay';
  return isPier ? { layer: 'land', attributes: { kind: 'pier' }, minZoom: 11 } : null;
}

function usedAs(tags: Tags, areaM2: number): AreaKind | null {
  const use = landuseName(tags);
  return use === null ? null : { layer: 'landuse', attributes: { use }, minZoom: zoomOfArea(areaM2, 9) };
}

function landuseName(tags: Tags): string | null {
  if (tags.get('industrial') === 'port' || tags.get('industrial') === 'shipyard') return 'port';
  if (tags.get('landuse') === 'residential' && tags.has('historic')) return 'oldtown';
  for (const key in USES) {
    const value = tags.get(key);
    const use = value === undefined ? undefined : valueIn(USES[key] ?? {}, value);
    if (use !== undefined) return use;
  }
  const isPlaza = tags.get('highway') === 'pedestrian' || tags.get('highway') === 'footway';
  return isPlaza && tags.get('area') === 'yes' ? 'square' : null;
}

/** The zoom at which a square of this area is some ten pixels wide; 14 at most, `least` at least. */
function zoomOfArea(areaM2: number, least: number): number {
  const metres = Math.sqrt(Math.max(areaM2, 1));
  const zoom = Math.ceil(14 - Math.log2(metres / 40));
  return Math.max(least, Math.min(14, zoom));
}

/** From value to use. */
function of(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([use, list]) => list.split(' ').map((value) => [value, use] as const)),
  );
}

function valueIn(of: Readonly<Record<string, string>>, key: string | undefined): string | undefined {
  return key !== undefined && Object.hasOwn(of, key) ? of[key] : undefined;
}

import type { NamedPlace } from '../../../core/places/gazetteer.ts';
import type { RoadGraph } from '../../../core/places/roads.ts';
import type { Breath } from '../tiling/breath.ts';
import { FeatureStore, LINE, POLYGON } from '../tiling/featureStore.ts';
import { bufferOf, EXTENT, LAYERS, MAX_ZOOM } from '../tiling/layers.ts';
import { type Bounds, tileSide, tilesOf, worldX, worldY } from '../tiling/mercator.ts';
import { extentOfMap, type MapExtent } from './extent.ts';
import { Labels } from './labels.ts';
import { NodeTable } from './nodeTable.ts';
import { OsmFileError } from './osmFileError.ts';
import { Places } from './places.ts';
import type { ConvertProgress } from './progress.ts';
import type { OsmSource } from './read/source.ts';
import { storeRelation } from './relationAreas.ts';
import { Relations } from './relations.ts';
import type { Frame } from './shapes/boxSides.ts';
import { landOf } from './shapes/coast.ts';
import { joinLines } from './shapes/joinLines.ts';
import type { LineList } from './shapes/lineList.ts';
import { roadGraphOf } from './shapes/roadGraph.ts';
import { SkipCount } from './skipped.ts';
import { labelOf } from './tags/labels.ts';
import { nameOf } from './tags/names.ts';
import { placeOf } from './tags/places.ts';
import { populationOf, Ways } from './ways.ts';

/** All that a map is made of. */
export interface Gathered {
  readonly store: FeatureStore;
  readonly extent: MapExtent;
  readonly roads: RoadGraph;
  readonly places: NamedPlace[];
  readonly counts: { readonly nodes: number; readonly ways: number; readonly relations: number };
  readonly skipped: SkipCount;
}

type Tell = (phase: ConvertProgress['phase']) => (done: number, of: number) => void;

/** Places that are looked at for whether they lie on land. */
const LOOKED_AT = 1500;

/** Reads the file twice, nodes and relations first and ways then, because ways are made of nodes and asked for by relations. */
export async function gather(source: OsmSource, breath: Breath, tell: Tell): Promise<Gathered> {
  const skipped = new SkipCount();
  const nodes = new NodeTable();
  const store = new FeatureStore(nodes.points);
  const labels = new Labels();
  const places = new Places(skipped);
  const relations = new Relations();
  const seen = { nodes: 0, ways: 0, relations: 0 };
  await source.each(
    {
      node(id, lon, lat, tags) {
        nodes.add(id, lon, lat);
        seen.nodes++;
        if (tags.size === 0) return;
        const label = labelOf(tags);
        const found = placeOf(tags);
        if (!label && !found) return;
        const at = { x: worldX(lon), y: worldY(lat) };
        const name = label && nameOf(tags);
        if (label && name) labels.add(label, name, at, populationOf(tags));
        if (found) places.add(`osm:n${id}`, found, at);
      },
      relation(id, members, tags) {
        seen.relations++;
        relations.relation(id, members, tags);
      },
    },
    (done) => tell('reading')(done, source.size),
  );
  nodes.seal();
  if (nodes.count === 0) throw noNodes();
  const extent = extentOfMap(nodes.points, nodes.count, source.bounds());

  const ways = new Ways({ nodes, store, relations, labels, places, skipped });
  await source.each(
    {
      way(id, refs, count, tags) {
        seen.ways++;
        ways.way(id, refs, count, tags);
      },
    },
    (done) => tell('ways')(done, source.size),
  );

  const frame = frameOf(extent.bounds);
  const steps: (() => void)[] = [
    ...chunks(relations.areas, 500).map((areas) => () => {
      for (const area of areas) storeRelation({ store, frame, relations, labels, places, skipped }, area);
    }),
    () => storeLand(store, ways, frame, skipped),
  ];
  for (const [done, step] of steps.entries()) {
    tell('areas')(done, steps.length + 2);
    await breath.take();
    step();
  }
  await breath.take();
  const lines = joinLines(store.points, ways.lines);
  storeLines(store, lines);
  labels.addRivers(store, lines);
  labels.store(store);
  tell('areas')(steps.length + 1, steps.length + 2);
  await breath.take();
  const { graph, apart } = roadGraphOf(store.points, lines);
  skipped.add('roads apart', apart);
  tell('areas')(steps.length + 2, steps.length + 2);
  return { store, extent, roads: graph, places: places.list(), counts: seen, skipped };
}

function storeLand(store: FeatureStore, ways: Ways, frame: Frame, skipped: SkipCount): void {
  const step = Math.max(1, Math.floor(ways.built.length / LOOKED_AT));
  const built: number[] = [];
  for (let i = 0; i < ways.built.length; i += step) built.push(ways.built.at(i));
  const { polygons, left, isGuess } = landOf(store.points, ways.coast, frame, built);
  if (isGuess) skipped.add('broken coastline');
  skipped.add('pieces of coastline', left);
  const attributes = store.table.add({ kind: 'land' });
  // Piers are drawn over the land.
  for (const parts of polygons) store.add({ layer: 'land', shape: POLYGON, attributes, minZoom: 0, order: -1, parts });
}

/** The map's bounds, and the tiles that cover them with their buffers: beyond no land is drawn, and its edge is seen nowhere. */
function frameOf(bounds: Bounds): Frame {
  const side = tileSide(MAX_ZOOM);
  const { x0, y0, x1, y1 } = tilesOf(bounds, MAX_ZOOM);
  const buffer = (side * 2 * bufferOf(LAYERS.indexOf('land'))) / EXTENT;
  return {
    inner: [worldX(bounds[0]), worldY(bounds[3]), worldX(bounds[2]), worldY(bounds[1])],
    outer: [x0 * side - buffer, y0 * side - buffer, (x1 + 1) * side + buffer, (y1 + 1) * side + buffer],
  };
}

function storeLines(store: FeatureStore, lines: LineList): void {
  for (let i = 0; i < lines.count; i++) {
    const style = lines.styles[lines.styleOf.at(i)];
    if (style) store.add({ ...style, shape: LINE, parts: [lines.line(i)] });
  }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

function noNodes(): OsmFileError {
  return new OsmFileError({
    zh: '文件中没有任何节点，无法成图。请选择包含节点、道路和关系的完整提取文件',
    en: 'The file has no nodes, so no map can be made of it. Choose a whole extract, with nodes, ways and relations.',
  });
}

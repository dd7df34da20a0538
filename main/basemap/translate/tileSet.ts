import type { Bounds } from '../../../core/places/city.ts';
import type { TileType } from '../archive/header.ts';

/** A tile of a foreign set. */
export interface ForeignTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** Not packed; null when it cannot be had. The same object for tiles one after the other that are the same. */
  readonly bytes: Uint8Array | null;
}

/** Tiles of others, in a file that is open. */
export interface TileSet {
  readonly tileType: TileType;
  /** Of the file; empty when it has none. */
  readonly name: string;
  /** As the file has it, which may be HTML; empty when it has none. */
  readonly attribution: string;
  /** Names of the layers that the file says it has; empty when it says nothing of them. */
  readonly layers: ReadonlySet<string>;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Where its tiles of the farthest zoom are. */
  readonly bounds: Bounds;
  /** How many tiles there are. */
  readonly total: number;
  /** All of them, in the order in which they lie in the file. */
  tiles(): Iterable<ForeignTile>;
  close(): void;
}

/** More tiles than any city has at all zooms: a set of a country is to be cut first. */
export const MAX_TILES = 2_000_000;
/** Larger tiles are not read. */
export const MAX_TILE_BYTES = 16 * 1024 * 1024;

/** Columns and rows of a zoom, counted from the west and the north. */
export interface TileExtent {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** Where the tiles of a zoom are, and no farther than the file says, when it says something of use. */
export function boundsOf(extent: TileExtent, z: number, said: readonly number[]): Bounds {
  const tiles: Bounds = [
    lonOf(extent.west, z),
    latOf(extent.south + 1, z),
    lonOf(extent.east + 1, z),
    latOf(extent.north, z),
  ];
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = said;
  const both: Bounds = [
    Math.max(tiles[0], west),
    Math.max(tiles[1], south),
    Math.min(tiles[2], east),
    Math.min(tiles[3], north),
  ];
  return both[0] < both[2] && both[1] < both[3] ? both : tiles;
}

/** Longitude of a column's western edge, degrees. */
function lonOf(x: number, z: number): number {
  return (x / 2 ** z) * 360 - 180;
}

/** Latitude of a row's northern edge, degrees. */
function latOf(y: number, z: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;
}

/** Names in `vector_layers` of a set's metadata. */
export function layersIn(metadata: unknown): ReadonlySet<string> {
  const listed =
    typeof metadata === 'object' && metadata !== null && 'vector_layers' in metadata ? metadata.vector_layers : [];
  const ids = (Array.isArray(listed) ? listed : []).map((layer: unknown) =>
    typeof layer === 'object' && layer !== null && 'id' in layer ? layer.id : null,
  );
  return new Set(ids.filter((id): id is string => typeof id === 'string'));
}

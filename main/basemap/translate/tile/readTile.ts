import { PbfReader } from 'pbf';
import { BadTile } from './badTile.ts';
import { checkGeometry } from './geometry.ts';

export type Value = string | number | boolean;
/** Without a prototype: names come from outside. */
export type Properties = Readonly<Record<string, Value>>;

export const POINT = 1;
export const LINE = 2;
export const POLYGON = 3;
export type GeometryType = typeof POINT | typeof LINE | typeof POLYGON;

/** A thing of a layer, with its geometry as the tile has it. */
export interface TileFeature {
  readonly type: GeometryType;
  readonly properties: Properties;
  /** Commands and numbers; looked at, and within reach of the tile. */
  readonly geometry: Uint8Array;
}

export interface TileLayer {
  readonly name: string;
  /** Units along a side of the tile. */
  readonly side: number;
  /** @throws BadTile */
  features(): Generator<TileFeature>;
}

const MAX_LAYERS = 200;
const MAX_FEATURES = 300_000;
const MAX_NAMES = 300_000;
const MAX_SIDE = 65_536;

/**
 * Reads a vector tile (Mapbox Vector Tile 2.1), unpacked. Geometries stay as they are written: a tile is translated without an object for
 * each of its points.
 *
 * @throws BadTile when it is none, cut off, or larger than a tile of a city is
 */
export function readTile(bytes: Uint8Array): TileLayer[] {
  const layers: TileLayer[] = [];
  eachField(bytes, (field, wire, pbf) => {
    if (field !== 3 || wire !== 2) return false;
    if (layers.length === MAX_LAYERS) throw new BadTile('it has too many layers');
    layers.push(readLayer(bytesOf(pbf)));
    return true;
  });
  return layers;
}

function readLayer(bytes: Uint8Array): TileLayer {
  let name = '';
  let side = 4096;
  const keys: string[] = [];
  const values: Value[] = [];
  const features: Uint8Array[] = [];
  eachField(bytes, (field, wire, pbf) => {
    if (field === 1 && wire === 2) name = textOf(bytesOf(pbf));
    else if (field === 2 && wire === 2) features.push(bytesOf(pbf));
    else if (field === 3 && wire === 2) keys.push(textOf(bytesOf(pbf)));
    else if (field === 4 && wire === 2) values.push(readValue(bytesOf(pbf)));
    else if (field === 5 && wire === 0) side = pbf.readVarint();
    else return false;
    if (features.length > MAX_FEATURES || keys.length > MAX_NAMES || values.length > MAX_NAMES)
      throw new BadTile('a layer has too many features');
    return true;
  });
  if (!(side > 0 && side <= MAX_SIDE)) throw new BadTile(`a layer has ${side} units along a side`);
  return {
    name,
    side,
    *features() {
      for (const feature of features) {
        const read = orBad(() => readFeature(feature, keys, values));
        if (!read) continue;
        orBad(() => checkGeometry(read.geometry, side));
        yield read;
      }
    },
  };
}

/** Null for a feature of no type that is known, which one may skip. */
function readFeature(bytes: Uint8Array, keys: readonly string[], values: readonly Value[]): TileFeature | null {
  let type = 0;
  let tags: Uint8Array | null = null;
  let geometry: Uint8Array | null = null;
  eachField(bytes, (field, wire, pbf) => {
    if (field === 2 && wire === 2) tags = bytesOf(pbf);
    else if (field === 3 && wire === 0) type = pbf.readVarint();
    else if (field === 4 && wire === 2) geometry = bytesOf(pbf);
    else return false;
    return true;
  });
  if (geometry === null || (type !== POINT && type !== LINE && type !== POLYGON)) return null;
  return { type, geometry, properties: tags === null ? NOTHING : readTags(tags, keys, values) };
}

const NOTHING: Properties = Object.create(null);

function readTags(bytes: Uint8Array, keys: readonly string[], values: readonly Value[]): Properties {
  const properties: Record<string, Value> = Object.create(null);
  const pbf = new PbfReader(bytes);
  while (pbf.pos < pbf.length) {
    const key = keys[pbf.readVarint()];
    const value = values[pbf.readVarint()];
    if (key === undefined || value === undefined || pbf.pos > pbf.length)
      throw new BadTile('a feature has a property that its layer has not');
    properties[key] = value;
  }
  return properties;
}

function readValue(bytes: Uint8Array): Value {
  let value: Value | null = null;
  eachField(bytes, (field, wire, pbf) => {
    if (field === 1 && wire === 2) value = textOf(bytesOf(pbf));
    else if (field === 2 && wire === 5) value = pbf.readFloat();
    else if (field === 3 && wire === 1) value = pbf.readDouble();
    else if (field === 4 && wire === 0) value = pbf.readVarint(true);
    else if (field === 5 && wire === 0) value = pbf.readVarint();
    else if (field === 6 && wire === 0) value = pbf.readSVarint();
    else if (field === 7 && wire === 0) value = pbf.readBoolean();
    else return false;
    return true;
  });
  if (value === null) throw new BadTile('a value is of no kind');
  return value;
}

/** @param take answers whether it has read the field's value; what it has not is skipped */
function eachField(bytes: Uint8Array, take: (field: number, wire: number, pbf: PbfReader) => boolean): void {
  const pbf = new PbfReader(bytes);
  orBad(() => {
    while (pbf.pos < pbf.length) {
      const tag = pbf.readVarint();
      if (!take(tag >> 3, tag & 7, pbf)) pbf.skip(tag);
    }
  });
  if (pbf.pos !== pbf.length) throw new BadTile('it is cut off');
}

/** What the library throws at bytes that are none of its is a bad tile. */
function orBad<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadTile) throw error;
    throw new BadTile('it is no vector tile', { cause: error });
  }
}

function bytesOf(pbf: PbfReader): Uint8Array {
  const length = pbf.readVarint();
  const end = pbf.pos + length;
  if (!(end <= pbf.length)) throw new BadTile('it is cut off');
  const bytes = pbf.buf.subarray(pbf.pos, end);
  pbf.pos = end;
  return bytes;
}

const UTF8 = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}

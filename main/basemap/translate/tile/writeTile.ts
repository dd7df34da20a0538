import { PbfWriter } from 'pbf';
import type { OwnLayer } from '../schemas/schema.ts';
import { scaleGeometry } from './geometry.ts';
import type { GeometryType, Value } from './readTile.ts';

/** Puts a vector tile together, layer by layer as things come. */
export interface TileWriter {
  /**
   * @param geometry as a tile writes it
   * @param side units along a side of the tile that the geometry is of
   */
  add(
    layer: OwnLayer,
    type: GeometryType,
    geometry: Uint8Array,
    side: number,
    properties: Readonly<Record<string, Value>>,
  ): void;
  /** The tile, not packed; empty when nothing was added. */
  finish(): Uint8Array;
}

interface LayerBeingWritten {
  readonly side: number;
  readonly features: PbfWriter;
  readonly keys: Map<string, number>;
  readonly values: Map<Value, number>;
}

/** Of the vector tile specification. */
const VERSION = 2;

export function createTileWriter(): TileWriter {
  const layers = new Map<OwnLayer, LayerBeingWritten>();
  return {
    add(name, type, geometry, side, properties) {
      let layer = layers.get(name);
      if (!layer) {
        layer = { side, features: new PbfWriter(), keys: new Map(), values: new Map() };
        layers.set(name, layer);
      }
      const { keys, values } = layer;
      const tags = Object.entries(properties).flatMap(([key, value]) => [numberIn(keys, key), numberIn(values, value)]);
      // A layer has one measure; layers of others that come together in one of ours may have several.
      const fitting = side === layer.side ? geometry : scaleGeometry(geometry, side, layer.side / side);
      layer.features.writeMessage(2, writeFeature, { type, tags, geometry: fitting });
    },
    finish() {
      const out = new PbfWriter();
      for (const [name, layer] of layers) out.writeBytesField(3, layerBytes(name, layer));
      return out.finish();
    },
  };
}

function writeFeature(
  { type, tags, geometry }: { type: GeometryType; tags: number[]; geometry: Uint8Array },
  pbf: PbfWriter,
): void {
  pbf.writePackedVarint(2, tags);
  pbf.writeVarintField(3, type);
  pbf.writeBytesField(4, geometry);
}

function layerBytes(name: string, { side, features, keys, values }: LayerBeingWritten): Uint8Array {
  const rest = new PbfWriter();
  rest.writeVarintField(15, VERSION);
  rest.writeStringField(1, name);
  for (const key of keys.keys()) rest.writeStringField(3, key);
  for (const value of values.keys()) rest.writeMessage(4, writeValue, value);
  rest.writeVarintField(5, side);
  return Buffer.concat([rest.finish(), features.finish()]);
}

function writeValue(value: Value, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value);
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value);
  else if (Number.isSafeInteger(value) && value >= 0) pbf.writeVarintField(5, value);
  else pbf.writeDoubleField(3, value);
}

function numberIn<T>(numbers: Map<T, number>, item: T): number {
  const known = numbers.get(item);
  if (known !== undefined) return known;
  numbers.set(item, numbers.size);
  return numbers.size - 1;
}

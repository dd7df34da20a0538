import { PbfWriter } from 'pbf';
import type { AttributeTable, Value } from './attributes.ts';
import { LINE, POINT, POLYGON, type Shape } from './featureStore.ts';
import { Ints } from './growing.ts';
import { EXTENT, LAYERS } from './layers.ts';

/** Parts of a geometry in units of the tile: flat `x, y, x, y …` one after the other, and where each ends. */
export interface Parts {
  readonly xy: Ints;
  readonly ends: Ints;
}

interface Lines {
  readonly commands: Ints;
  x: number;
  y: number;
}

const BYTES = 2;

/** Writes one tile after another (Mapbox Vector Tile 2.1). Layers come one after the other, each whole. */
export class TileEncoder {
  readonly #table: AttributeTable;
  readonly #tile = new PbfWriter(new Uint8Array(65_536));
  readonly #body = new PbfWriter(new Uint8Array(65_536));
  readonly #commands = new Ints();
  readonly #keys = new Map<number, number>();
  readonly #values = new Map<number, number>();
  /** Lines of one set of attributes are one feature. */
  readonly #lines = new Map<number, Lines>();
  #layer = -1;
  /** Features of each layer that were written since the encoder was made. */
  readonly counts = LAYERS.map(() => 0);

  constructor(table: AttributeTable) {
    this.#table = table;
  }

  add(layer: number, shape: Shape, attributes: number, parts: Parts): void {
    if (layer !== this.#layer) {
      this.#endLayer();
      this.#layer = layer;
    }
    if (shape === LINE) {
      let lines = this.#lines.get(attributes);
      if (!lines) {
        lines = { commands: new Ints(), x: 0, y: 0 };
        this.#lines.set(attributes, lines);
      }
      writeParts(parts, LINE, lines);
      return;
    }
    this.#commands.clear();
    writeParts(parts, shape, { commands: this.#commands, x: 0, y: 0 });
    this.#feature(shape, attributes, this.#commands);
  }

  /** The tile, its own bytes; null when nothing was added. */
  finish(): Uint8Array | null {
    this.#endLayer();
    this.#layer = -1;
    const length = this.#tile.pos;
    this.#tile.pos = 0;
    return length === 0 ? null : this.#tile.buf.slice(0, length);
  }

  #feature(shape: Shape, attributes: number, commands: Ints): void {
    const tags = (this.#table.sets[attributes] ?? []).map((index, i) =>
      localIndex(i % 2 === 0 ? this.#keys : this.#values, index),
    );
    const tagBytes = tags.reduce((sum, tag) => sum + sizeOf(tag), 0);
    let geometryBytes = 0;
    for (let i = 0; i < commands.length; i++) geometryBytes += sizeOf(commands.at(i));
    const body = this.#body;
    body.writeTag(2, BYTES);
    const tagField = tagBytes === 0 ? 0 : 1 + sizeOf(tagBytes) + tagBytes;
    body.writeVarint(tagField + 2 + 1 + sizeOf(geometryBytes) + geometryBytes);
    if (tagBytes > 0) {
      body.writeTag(2, BYTES);
      body.writeVarint(tagBytes);
      for (const tag of tags) body.writeVarint(tag);
    }
    body.writeVarintField(3, shape);
    body.writeTag(4, BYTES);
    body.writeVarint(geometryBytes);
    for (let i = 0; i < commands.length; i++) body.writeVarint(commands.at(i));
    const layer = this.#layer;
    this.counts[layer] = (this.counts[layer] ?? 0) + 1;
  }

  #endLayer(): void {
    for (const [attributes, { commands }] of this.#lines) this.#feature(LINE, attributes, commands);
    this.#lines.clear();
    const body = this.#body;
    if (body.pos > 0) {
      body.writeVarintField(15, 2);
      body.writeStringField(1, LAYERS[this.#layer] ?? '');
      for (const key of this.#keys.keys()) body.writeStringField(3, this.#table.keys[key] ?? '');
      for (const value of this.#values.keys()) body.writeMessage(4, writeValue, this.#table.values[value] ?? '');
      body.writeVarintField(5, EXTENT);
      this.#tile.writeBytesField(3, body.buf.subarray(0, body.pos));
    }
    body.pos = 0;
    this.#keys.clear();
    this.#values.clear();
  }
}

function localIndex(of: Map<number, number>, index: number): number {
  const known = of.get(index);
  if (known !== undefined) return known;
  of.set(index, of.size);
  return of.size - 1;
}

function writeValue(value: Value, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value);
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value);
  else if (Number.isSafeInteger(value) && value >= 0) pbf.writeVarintField(5, value);
  else pbf.writeDoubleField(3, value);
}

/** Command integers: 1 moves, 2 draws, 7 closes; positions as zigzag differences (the specification's 4.3). */
function writeParts({ xy, ends }: Parts, shape: Shape, to: Lines): void {
  const { commands } = to;
  let from = 0;
  for (let part = 0; part < ends.length; part++) {
    const end = ends.at(part);
    // A ring's last point is its first: the closing says so.
    const last = shape === POLYGON ? end - 2 : end;
    commands.push((1 << 3) | 1);
    for (let i = from; i < last; i += 2) {
      if (i === from + 2) commands.push((((last - from) / 2 - 1) << 3) | 2);
      const [x, y] = [xy.at(i), xy.at(i + 1)];
      commands.push(zigzag(x - to.x));
      commands.push(zigzag(y - to.y));
      to.x = x;
      to.y = y;
    }
    if (shape === POLYGON) commands.push((1 << 3) | 7);
    from = end;
  }
  if (shape === POINT && ends.length !== 1) throw new RangeError('A feature of points has one point here.');
}

function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}

function sizeOf(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
}

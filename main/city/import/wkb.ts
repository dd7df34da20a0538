import type { Geometry, LineString, Point, Polygon, Position } from 'geojson';

/** What cannot be read as a geometry: it is the row's fault, not the file's. */
export class WkbError extends Error {
  override readonly name = 'WkbError';
}

const DEEPEST = 8;
/** Envelopes of a GeoPackage's header by their kind: none, XY, XYZ, XYM, XYZM. */
const ENVELOPES = [0, 32, 48, 48, 64];

/**
 * The geometry of a GeoPackage's blob (OGC 12-128r19, 2.1.3): its header, then WKB. Null for an empty one.
 *
 * @throws WkbError when it is none, cut off, or a curve.
 */
export function readGeoPackageGeometry(blob: Uint8Array): Geometry | null {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  if (bytes.length < 8 || bytes[0] !== 0x47 || bytes[1] !== 0x50) throw new WkbError('no geometry of a GeoPackage');
  const flags = bytes[3] ?? 0;
  const envelope = ENVELOPES[(flags >> 1) & 7];
  if (envelope === undefined) throw new WkbError('an envelope of no kind');
  return (flags & 0x10) !== 0 ? null : readWkb(bytes.subarray(8 + envelope));
}

/** Well-known binary, of ISO and of the extended kind; heights and measures are left away. */
export function readWkb(bytes: Buffer): Geometry {
  return new Reader(bytes).geometry(0);
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #little = true;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  geometry(depth: number): Geometry {
    if (depth > DEEPEST) throw new WkbError('deeper than may be');
    this.#little = this.#byte() === 1;
    const code = this.#count();
    const kind = (code & 0x0fffffff) % 1000;
    const iso = Math.trunc((code & 0x0fffffff) / 1000);
    const height = iso === 1 || iso === 3 || (code & 0x80000000) !== 0;
    const measure = iso === 2 || iso === 3 || (code & 0x40000000) !== 0;
    if ((code & 0x20000000) !== 0) this.#count(); // The system of coordinates, in the extended kind.
    const dimensions = 2 + Number(height) + Number(measure);
    switch (kind) {
      case 1:
        return { type: 'Point', coordinates: this.#position(dimensions) };
      case 2:
        return { type: 'LineString', coordinates: this.#positions(dimensions) };
      case 3:
        return { type: 'Polygon', coordinates: this.#many(() => this.#positions(dimensions)) };
      case 4:
        return { type: 'MultiPoint', coordinates: this.#parts<Point>(depth, 'Point') };
      case 5:
        return { type: 'MultiLineString', coordinates: this.#parts<LineString>(depth, 'LineString') };
      case 6:
        return { type: 'MultiPolygon', coordinates: this.#parts<Polygon>(depth, 'Polygon') };
      case 7:
        return { type: 'GeometryCollection', geometries: this.#many(() => this.geometry(depth + 1)) };
      default:
        throw new WkbError(`a geometry of the kind ${kind}`);
    }
  }

  #parts<G extends Point | LineString | Polygon>(depth: number, type: G['type']): G['coordinates'][] {
    return this.#many(() => {
      const part = this.geometry(depth + 1);
      if (part.type !== type) throw new WkbError(`a ${part.type} among others`);
      return (part as G).coordinates;
    });
  }

  #positions(dimensions: number): Position[] {
    return this.#many(() => this.#position(dimensions));
  }

  #position(dimensions: number): Position {
    const [x, y] = [this.#double(), this.#double()];
    for (let i = 2; i < dimensions; i++) this.#double();
    return [x, y];
  }

  #many<T>(one: () => T): T[] {
    const count = this.#count();
    // The smallest thing that there can be many of has four bytes.
    if (count > (this.#bytes.length - this.#at) / 4) throw new WkbError('cut off');
    return Array.from({ length: count }, one);
  }

  #take(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) throw new WkbError('cut off');
    this.#at += size;
    return at;
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }

  #count(): number {
    const at = this.#take(4);
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  #double(): number {
    const at = this.#take(8);
    return this.#little ? this.#bytes.readDoubleLE(at) : this.#bytes.readDoubleBE(at);
  }
}

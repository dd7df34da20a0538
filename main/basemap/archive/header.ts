import type { Bounds } from '../../../core/places/city.ts';
import type { Text } from '../../../core/words.ts';

/** Bytes of the header at the start of a file. */
export const HEADER_BYTES = 127;
/** Header and root directory lie within so many bytes, which a reader asks for first. */
export const FIRST_BYTES = 16_384;

/** What the tiles are, as the archive counts them. */
export const TILE_TYPES = { mvt: 1, png: 2, jpg: 3, webp: 4 } as const;
export type TileType = keyof typeof TILE_TYPES;

/** How bytes are packed, as the archive counts it. */
export const PACKINGS = { none: 1, gzip: 2, brotli: 3 } as const;
export type Packing = keyof typeof PACKINGS;

/** Where a part of the file lies, in bytes. */
export interface Section {
  readonly offset: number;
  readonly length: number;
}

/** The header of a PMTiles archive, version 3 (github.com/protomaps/PMTiles, spec/v3). */
export interface ArchiveHeader {
  readonly root: Section;
  readonly metadata: Section;
  readonly leaves: Section;
  readonly tiles: Section;
  /** Tiles that can be asked for. */
  readonly addressed: number;
  /** Entries of all directories that name tiles. */
  readonly entries: number;
  /** Different tiles. */
  readonly contents: number;
  /** Whether tiles lie in the order of their numbers. */
  readonly clustered: boolean;
  /** Of directories and metadata. */
  readonly packing: Packing;
  readonly tilePacking: Packing;
  readonly tileType: TileType;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** West, south, east, north; degrees. */
  readonly bounds: Bounds;
  readonly centre: { readonly lon: number; readonly lat: number; readonly zoom: number };
}

const MAGIC = 'PMTiles';
const VERSION = 3;
/** The number of a tile of a farther zoom has more digits than a double. */
export const MAX_ZOOM = 24;
/** Degrees are whole 1e-7 degrees. */
const DEGREE = 1e7;

export function encodeHeader(header: ArchiveHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  bytes[7] = VERSION;
  const { root, metadata, leaves, tiles, bounds, centre } = header;
  const counts = [header.addressed, header.entries, header.contents];
  const longs = [...[root, metadata, leaves, tiles].flatMap(({ offset, length }) => [offset, length]), ...counts];
  longs.forEach((value, i) => void view.setBigUint64(8 + 8 * i, BigInt(value), true));
  bytes[96] = header.clustered ? 1 : 0;
  bytes[97] = PACKINGS[header.packing];
  bytes[98] = PACKINGS[header.tilePacking];
  bytes[99] = TILE_TYPES[header.tileType];
  bytes[100] = header.minZoom;
  bytes[101] = header.maxZoom;
  bounds.forEach((degrees, i) => void view.setInt32(102 + 4 * i, Math.round(degrees * DEGREE), true));
  bytes[118] = centre.zoom;
  view.setInt32(119, Math.round(centre.lon * DEGREE), true);
  view.setInt32(123, Math.round(centre.lat * DEGREE), true);
  return bytes;
}

/** @param bytes the first {@link HEADER_BYTES} of a file, or fewer when it has fewer */
export function decodeHeader(bytes: Uint8Array): ArchiveHeader | Text {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || new TextDecoder('latin1').decode(bytes.subarray(0, 7)) !== MAGIC)
    return { zh: '不是 PMTiles 文件', en: 'it is no PMTiles archive' };
  if (bytes[7] !== VERSION)
    return {
      zh: `PMTiles 版本为 ${bytes[7]}，大厅只读版本 3`,
      en: `it is PMTiles version ${bytes[7]}, the hall reads 3`,
    };
  const long = (at: number) => Number(view.getBigUint64(at, true));
  const section = (at: number): Section => ({ offset: long(at), length: long(at + 8) });
  const packing = named(PACKINGS, bytes[97]);
  const tilePacking = named(PACKINGS, bytes[98]);
  if (!packing || !tilePacking)
    return {
      zh: `压缩方式 ${bytes[97]}/${bytes[98]} 不受支持`,
      en: `it is packed in a way that is not known here (${bytes[97]}/${bytes[98]})`,
    };
  const tileType = named(TILE_TYPES, bytes[99]);
  if (!tileType)
    return { zh: `瓦片类型 ${bytes[99]} 不受支持`, en: `its tiles are of a type not known here (${bytes[99]})` };
  const degrees = (at: number) => view.getInt32(at, true) / DEGREE;
  const header: ArchiveHeader = {
    root: section(8),
    metadata: section(24),
    leaves: section(40),
    tiles: section(56),
    addressed: long(72),
    entries: long(80),
    contents: long(88),
    clustered: bytes[96] === 1,
    packing,
    tilePacking,
    tileType,
    minZoom: bytes[100] as number,
    maxZoom: bytes[101] as number,
    bounds: [degrees(102), degrees(106), degrees(110), degrees(114)],
    centre: { zoom: bytes[118] as number, lon: degrees(119), lat: degrees(123) },
  };
  return outOfRange(header) ?? header;
}

export function isHeader(decoded: ArchiveHeader | Text): decoded is ArchiveHeader {
  return 'root' in decoded;
}

/** Numbers that no writer writes. */
function outOfRange({ root, metadata, leaves, tiles, minZoom, maxZoom, bounds }: ArchiveHeader): Text | null {
  const ends = [root, metadata, leaves, tiles].map(({ offset, length }) => offset + length);
  const [west, south, east, north] = bounds;
  const whole =
    ends.every(Number.isSafeInteger) &&
    root.offset >= HEADER_BYTES &&
    root.offset + root.length <= FIRST_BYTES &&
    minZoom <= maxZoom &&
    maxZoom <= MAX_ZOOM &&
    west >= -180 &&
    east <= 180 &&
    south >= -90 &&
    north <= 90;
  return whole ? null : { zh: '文件头已损坏', en: 'its header is damaged' };
}

function named<T extends string>(numbers: Readonly<Record<T, number>>, number: number | undefined): T | undefined {
  return (Object.keys(numbers) as T[]).find((name) => numbers[name] === number);
}

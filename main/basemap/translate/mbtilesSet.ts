import { basename } from 'node:path';
import { troubleOf } from '../../../native/sqlite/database.ts';
import { type Mbtiles, NoMbtiles, openMbtiles } from '../../../native/sqlite/mbtiles.ts';
import { BasemapFault } from '../archive/fault.ts';
import { TILE_TYPES, type TileType } from '../archive/header.ts';
import { isGzip, unpack } from '../archive/unpack.ts';
import { noTiles, tooMany, unknownFormat } from './refusals.ts';
import { boundsOf, layersIn, MAX_TILE_BYTES, MAX_TILES, type TileSet } from './tileSet.ts';

/** The tiles of an MBTiles file. @throws BasemapFault when it is none, is damaged, has no tiles, too many or other ones */
export function openMbtilesSet(file: string): TileSet {
  const mbtiles = naming(file, () => openMbtiles(file));
  try {
    return naming(file, () => setOf(file, mbtiles));
  } catch (error) {
    mbtiles.close();
    throw error;
  }
}

function setOf(file: string, mbtiles: Mbtiles): TileSet {
  const { metadata } = mbtiles;
  const format = metadata.get('format') ?? '';
  const tileType = tileTypeOf(format);
  if (!tileType) throw unknownFormat(file, format);
  const total = mbtiles.count(MAX_TILES + 1);
  if (total > MAX_TILES) throw tooMany(file);
  const zooms = mbtiles.zooms();
  if (!zooms) throw noTiles(file);
  const said = (metadata.get('bounds') ?? '').split(',').map(Number);
  return {
    tileType,
    name: metadata.get('name') ?? '',
    attribution: metadata.get('attribution') ?? '',
    layers: layersIn(parsed(metadata.get('json') ?? '')),
    ...{ minZoom: zooms.min, maxZoom: zooms.max, total },
    bounds: boundsOf(mbtiles.extent(zooms.max), zooms.max, said),
    *tiles() {
      const rows = mbtiles.tiles(MAX_TILE_BYTES);
      try {
        for (;;) {
          const row = naming(file, () => rows.next());
          if (row.done) return;
          const { bytes, ...at } = row.value;
          yield { ...at, bytes: bytes && isGzip(bytes) ? unpack(bytes, 'gzip') : bytes };
        }
      } finally {
        rows.return?.(); // Who has seen enough leaves the file free for the next question.
      }
    },
    close: mbtiles.close,
  };
}

function tileTypeOf(format: string): TileType | undefined {
  const name = { pbf: 'mvt', jpeg: 'jpg' }[format] ?? format;
  return (Object.keys(TILE_TYPES) as TileType[]).find((type) => type === name);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // Said by nobody: the tiles tell what layers they have.
  }
}

/** Errors of SQLite say nothing of what to do. */
function naming<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const name = basename(file);
    if (error instanceof NoMbtiles) {
      const table = error.trouble === 'no-tiles' ? 'tiles' : 'metadata';
      throw new BasemapFault(
        {
          zh: `${name} 不是 MBTiles 文件：缺少表 ${table}。请重新导出，或选择另一个文件。`,
          en: `${name} is no MBTiles file: it has no table "${table}". Export it again, or choose another file.`,
        },
        error,
      );
    }
    const trouble = troubleOf(error);
    if (trouble === 'other') throw error;
    const damaged = trouble === 'not-a-database' || trouble === 'unreadable';
    throw new BasemapFault(
      damaged
        ? {
            zh: `${name} 已损坏，无法读取。请重新取得该文件。`,
            en: `${name} is damaged and cannot be read. Get the file again.`,
          }
        : {
            zh: `无法打开 ${name}。请关闭正在写入该文件的程序，并检查读取权限。`,
            en: `${name} cannot be opened. Close what writes to it, and check that this user may read it.`,
          },
      error,
    );
  }
}

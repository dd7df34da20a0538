import { basename } from 'node:path';
import { BasemapFault } from '../archive/fault.ts';
import { MAX_TILES } from './tileSet.ts';

/** Why a set of tiles is not taken, each with its remedy. */

export function noTileFile(file: string): BasemapFault {
  const name = basename(file);
  return new BasemapFault({
    zh: `${name} 不是 PMTiles 或 MBTiles 文件。请选择 .pmtiles 或 .mbtiles 文件。`,
    en: `${name} is neither a PMTiles nor an MBTiles file. Choose a .pmtiles or .mbtiles file.`,
  });
}

export function noTiles(file: string): BasemapFault {
  const name = basename(file);
  return new BasemapFault({
    zh: `${name} 中没有瓦片。请重新导出，或选择另一个文件。`,
    en: `${name} has no tiles. Export it again, or choose another file.`,
  });
}

export function tooMany(file: string): BasemapFault {
  const name = basename(file);
  return new BasemapFault({
    zh: `${name} 的瓦片超过 ${MAX_TILES} 块，范围大于一座城市。请先用 pmtiles extract 按本市范围截取，再导入。`,
    en: `${name} has more than ${MAX_TILES} tiles, which is more than a city. Cut it to your city with pmtiles extract, and import that.`,
  });
}

export function unknownFormat(file: string, format: string): BasemapFault {
  const name = basename(file);
  return new BasemapFault({
    zh: `${name} 的瓦片格式“${format}”不受支持。请导出为 pbf、png、jpg 或 webp。`,
    en: `The tiles of ${name} are in the format "${format}", which is not known here. Export them as pbf, png, jpg or webp.`,
  });
}

export function unknownSchema(file: string, layers: Iterable<string>): BasemapFault {
  const name = basename(file);
  const found = [...layers].slice(0, 12).join(', ') || '–';
  return new BasemapFault({
    zh: `无法识别 ${name} 的图层（“${found}”）。请使用 Shortbread、OpenMapTiles 或 Protomaps 结构的瓦片，或由 OpenStreetMap 文件制作底图。`,
    en: `The layers of ${name} are not known here (${found}). Take tiles of Shortbread, OpenMapTiles or Protomaps, or make the basemap of an OpenStreetMap file.`,
  });
}

export function tooManyBad(file: string, bad: number, total: number): BasemapFault {
  const name = basename(file);
  return new BasemapFault({
    zh: `${name} 的 ${total} 块瓦片中有 ${bad} 块无法读取，文件已损坏。请重新取得该文件。`,
    en: `Of the ${total} tiles of ${name} ${bad} cannot be read: the file is damaged. Get the file again.`,
  });
}

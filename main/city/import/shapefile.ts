import { type DbfTable, readDbf } from './dbf.ts';
import { encodingNamed } from './decodeText.ts';
import { type DrawnRow, tableOfFeatures } from './features.ts';
import { crsOfWkt } from './foundCrs.ts';
import { type ImportError, refusal } from './importError.ts';
import { readShapes } from './shp.ts';
import type { SourceTable } from './table.ts';
import { noSuchSheet } from './xlsx.ts';
import type { ZipArchive } from './zip.ts';

/** The files that are one shapefile together. */
export interface ShapefileParts {
  readonly shp: Buffer;
  readonly dbf: Buffer | null;
  readonly prj: Buffer | null;
  readonly cpg: Buffer | null;
}

/**
 * Reads the layer of that name of a zipped shapefile, else its first.
 *
 * @throws ImportError when a part is damaged, or there is no such layer.
 */
export function readZippedShapefile(
  zip: ZipArchive,
  { sheet, encoding }: { sheet?: string | undefined; encoding?: string | undefined },
): SourceTable {
  const shapes = zip.names.filter((name) => /\.shp$/i.test(name) && !/(^|\/)(\._|__MACOSX\/)/.test(name));
  const layer = (name: string) => name.replace(/^.*\//, '').replace(/\.shp$/i, '');
  const sheets = shapes.map(layer);
  const chosen = sheet === undefined ? shapes[0] : shapes.find((name) => layer(name) === sheet);
  if (chosen === undefined) throw noSuchSheet(sheet ?? '.shp', sheets);
  const stem = chosen.slice(0, -4).toLowerCase();
  const part = (ending: string) => {
    const name = zip.names.find((each) => each.toLowerCase() === `${stem}.${ending}`);
    return name === undefined ? null : zip.read(name);
  };
  const shp = zip.read(chosen);
  if (!shp) throw noSuchSheet(chosen, sheets);
  const parts = { shp, dbf: part('dbf'), prj: part('prj'), cpg: part('cpg') };
  return { ...readShapefile(parts, encoding), sheet: layer(chosen), sheets };
}

/**
 * @param encoding asked for by the person
 * @throws ImportError when a part is missing or damaged.
 */
export function readShapefile({ shp, dbf, prj, cpg }: ShapefileParts, encoding: string | undefined): SourceTable {
  if (!dbf) throw NO_DBF();
  if (encoding !== undefined && encodingNamed(encoding) === null) throw badEncoding(encoding);
  const shapes = readShapes(shp);
  const table = readDbf(dbf, encoding ?? cpg?.toString('latin1').trim());
  if (shapes.length > table.count) throw UNEVEN(shapes.length, table.count);
  return {
    format: 'shapefile',
    encoding: table.encoding,
    ...(prj ? { crs: crsOfWkt(prj.toString('utf8')) } : {}),
    ...tableOfFeatures(rowsOf(shapes, table)),
  };
}

function* rowsOf(shapes: ReturnType<typeof readShapes>, table: DbfTable): Generator<DrawnRow> {
  for (const [i, geometry] of shapes.entries()) {
    const cells = table.record(i);
    if (!cells) continue;
    yield { row: i + 1, geometry, properties: table.columns.map((name, j) => [name, cells[j] ?? null] as const) };
  }
}

const NO_DBF = () =>
  refusal(
    { zh: '缺少与 .shp 同名的 .dbf', en: 'there is no .dbf of the same name beside the .shp' },
    {
      zh: '请把 .shp、.shx、.dbf、.prj 一起压缩成 .zip',
      en: 'Pack the .shp, .shx, .dbf and .prj together into a .zip.',
    },
  );

const UNEVEN = (shapes: number, records: number) =>
  refusal(
    {
      zh: `.shp 有 ${shapes} 个图形，.dbf 只有 ${records} 行`,
      en: `its .shp has ${shapes} shapes, its .dbf ${records} rows`,
    },
    { zh: '请重新导出，两者须来自同一次导出', en: 'Export it anew: the two are not of the same export.' },
  );

const badEncoding = (name: string): ImportError =>
  refusal(
    { zh: `不认识的编码“${name}”`, en: `"${name}" is no encoding that is known` },
    { zh: '请写 utf-8、gbk、gb18030 或 big5', en: 'Write utf-8, gbk, gb18030 or big5.' },
  );

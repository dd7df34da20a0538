import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../native/sqlite/database.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { OwnFile } from '../ownFile.ts';
import { applyImport } from './apply.ts';
import { isUsualColumn } from './fields.ts';
import { ImportError } from './importError.ts';
import { planImport } from './plan.ts';
import { readSource } from './readSource.ts';
import { reportedOf, reportText } from './report.ts';
import { dbf, gbk, parts, point, shp, xlsx, zip } from './sampleFiles.ts';
import { IMPORT_KINDS } from './things.ts';
import { openZip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'opshall-anything-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, '雨量.dat');

const column = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '编号',
      '名称',
      '类型',
      '经度',
      '纬度',
      '坐标',
      '单位',
      '部门',
      '电话',
      '朝向',
      '地址',
      '简称',
      'X',
      'Y',
    ),
  },
  fc.constantFrom('', '__proto__', 'constructor', '经度', '位置/纬度', '备注：'),
  fc.string({ maxLength: 6 }),
);
const cell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'A-1',
      '东闸',
      '雨量站',
      '121.5',
      '31.2',
      '121°30′15″',
      '水务局',
      'rtsp://a:b@c/1',
      '500000',
      '3450000',
    ),
  },
  fc.constantFrom(
    '',
    '—',
    '合计',
    '__proto__',
    '1e999',
    '-0',
    'NaN',
    '\u202e',
    '"',
    '0',
    '东经',
    '1/0',
    '#N/A',
    '１２',
    'x'.repeat(300),
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double().map(String),
);
/** What a good table has, of every kind at once. */
const USUAL: Record<string, readonly string[]> = {
  编号: ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'],
  名称: ['东闸', '西闸'],
  类型: ['雨量站', '水位', '医院', '救护车', '泵车'],
  经度: ['121.5', '121°30′15″'],
  纬度: ['31.2', '31.3N'],
  部门: ['水务局', '消防'],
  电话: ['119'],
  视频地址: ['rtsp://a:b@c/1'],
};
const usualRow = fc.tuple(
  ...Object.values(USUAL).map((values) => fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...values) }, cell)),
);
const table = fc.oneof(
  fc.array(usualRow, { minLength: 1, maxLength: 6 }).map((rows) => [Object.keys(USUAL), ...rows]),
  fc
    .tuple(
      fc.array(column, { minLength: 1, maxLength: 8 }),
      fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 6 }),
    )
    .map(([head, rows]) => [head, ...rows]),
);

const csv = fc
  .tuple(table, fc.constantFrom(',', '\t', ';', '|', '，'), fc.boolean())
  .map(([rows, separator, quote]) =>
    Buffer.from(
      rows
        .map((cells) => cells.map((each) => (quote ? `"${each.replaceAll('"', '""')}"` : each)).join(separator))
        .join('\n'),
    ),
  );
const workbook = table.map((rows) =>
  xlsx([
    {
      name: 'S',
      rows: rows.map((cells) =>
        cells.map((each) => (/^-?[\d.]+$/.test(each) ? Number(each) || 0 : each.replace(/[^\t\n\r -\ud7ff]/g, ''))),
      ),
      merges: ['A1:B1', 'B2:C9', 'Z1:A1'],
    },
  ]),
);
const features = fc
  .array(
    fc.record({
      properties: fc.oneof(fc.dictionary(column, fc.oneof(cell, fc.jsonValue())), fc.constant(null)),
      geometry: fc.oneof(
        fc.record({
          type: fc.constantFrom('Point', 'Polygon', 'LineString', 'MultiPolygon', 'GeometryCollection', 'x'),
          coordinates: fc.jsonValue(),
          geometries: fc.jsonValue(),
        }),
        fc.tuple(fc.double(), fc.double()).map((coordinates) => ({ type: 'Point', coordinates })),
      ),
    }),
    { maxLength: 5 },
  )
  .map((all) => Buffer.from(JSON.stringify({ features: all })));
const kml = fc
  .array(fc.tuple(cell, cell), { maxLength: 4 })
  .map((all) =>
    Buffer.from(
      `<kml>${all.map(([name, at]) => `<Placemark><name>${name.replace(/[^ -;=?-~一-龥]/g, '')}</name><Point><coordinates>${at.replace(/[<&]/g, '')}</coordinates></Point></Placemark>`).join('')}</kml>`,
    ),
  );
const shapefile = fc
  .array(fc.tuple(fc.string({ maxLength: 8 }), fc.double(), fc.double()), { minLength: 1, maxLength: 4 })
  .map((all) => {
    const shapes = shp(
      all.map(([, x, y], i) =>
        i % 2 === 0
          ? point(x, y)
          : parts(5, [
              [
                [x, y],
                [x, 1],
                [1, 1],
                [x, y],
              ],
            ]),
      ),
    );
    return {
      'a.shp': shapes,
      'a.dbf': dbf(
        [{ name: gbk('编号'), type: 'C', length: 8 }],
        all.map(([text]) => [Buffer.from(text)]),
      ),
    };
  });
const zipped = shapefile.map((files) => zip(files));

/** Bytes changed, cut off or put in. */
const mangled = (good: fc.Arbitrary<Buffer>) =>
  fc
    .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(), fc.boolean())
    .map(([bytes, changes, cut, cuts]) => {
      const bad = Buffer.from(bytes);
      for (const [at, byte] of changes) if (bad.length > 0) bad[at % bad.length] = byte;
      return cuts ? bad.subarray(0, cut % (bad.length + 1)) : bad;
    });
/** Parts of a shapefile damaged within a whole archive, so that its own readers see them. */
const brokenParts = fc
  .tuple(shapefile, fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.boolean()), { minLength: 1, maxLength: 3 }))
  .map(([files, changes]) => {
    const [shapes, rows] = [Buffer.from(files['a.shp']), Buffer.from(files['a.dbf'])];
    for (const [at, byte, first] of changes) {
      const part = first ? shapes : rows;
      part[at % part.length] = byte;
    }
    return zip({ 'a.shp': shapes, 'a.dbf': rows });
  });

/** A part of a workbook changed before it is packed, so that its own readers see it. */
const brokenWorkbook = fc
  .tuple(workbook, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }))
  .map(([bytes, which, changes]) => {
    const archive = openZip(bytes);
    const files = Object.fromEntries(archive.names.map((name) => [name, archive.read(name) ?? Buffer.alloc(0)]));
    const names = Object.keys(files);
    const part = files[names[which % names.length] ?? ''] ?? new Uint8Array();
    for (const [at, byte] of changes) part[at % part.length] = byte;
    return zip(files);
  });

/** A GeoPackage of one point; in bytes, to be damaged. */
const geopackage = (() => {
  const path = join(folder, 'a.gpkg');
  const db = openDatabase(path);
  db.exec(`PRAGMA page_size = 512;
    CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
    INSERT INTO gpkg_contents VALUES ('a', 'features');
    INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 0);
    CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);
    INSERT INTO a VALUES (1, x'4750000100000000010100000000000000006060400000000000003f40', '东闸');`);
  db.close();
  return readFileSync(path);
})();

const anyFile = fc.oneof(
  csv,
  workbook,
  features,
  kml,
  zipped,
  brokenParts,
  brokenWorkbook,
  mangled(fc.oneof(csv, workbook, features, kml, zipped, fc.constant(geopackage))),
  fc.uint8Array({ maxLength: 60 }).map((b) => Buffer.from(b)),
);

describe('whatever a department sends', () => {
  test('is read, planned, told of and written, or refused in both languages with what to do', async () => {
    let came = 0;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.constantFrom(...IMPORT_KINDS),
        fc.constantFrom('wgs84', 'bd09', 'EPSG:4549', undefined),
        async (bytes, kind, crs) => {
          writeFileSync(file, bytes);
          const dataDir = join(folder, `data-${run++}`);
          try {
            const plan = await planImport({ dataDir, kind, file, options: { crs } });
            for (const lang of ['zh', 'en'] as const)
              expect(reportText(reportedOf(plan, lang), lang)).not.toMatch(/undefined|[^\P{Cc}\n]|\u202e/u);
            const things = JSON.parse(plan.text)[kind] as { id: string }[];
            expect(OwnFile.safeParse(JSON.parse(plan.text)).success).toBe(true);
            for (const { why, remedy } of plan.wrong) expect([halfSaid(why), halfSaid(remedy)]).toEqual([null, null]);
            expect(new Set(things.map(({ id }) => id)).size).toBe(things.length);
            came += things.length;
            applyImport(plan, 5);
            const again = await planImport({ dataDir, kind, file, options: { crs } });
            expect(again).toMatchObject({ new: [], changed: [], gone: [], text: plan.text });
            expect(applyImport(again, 6).written).toBe(false);
          } catch (error) {
            if (!(error instanceof ImportError)) throw error;
            expect([halfSaid(error.said.message), halfSaid(error.said.remedy)]).toEqual([null, null]);
            expect(error.message).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
            expect(error.said.message.zh).not.toMatch(/。$/);
            expect(error.said.remedy.en).toMatch(/^[A-Z].*\.$/s);
          }
        },
      ),
      { numRuns: 1500, seed: 20261128 },
    );
    expect(came).toBeGreaterThan(200);
  });

  test('no table is read with more or other cells than it has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.stringMatching(/^[a-z一-龥]{1,6}$/), fc.stringMatching(/^[ -~一-龥]{1,12}$/)), {
          minLength: 1,
          maxLength: 20,
        }),
        (rows) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          writeFileSync(file, `编号,名称\n${rows.map(([a, b], i) => `K${i}${a},${quoted(b)}\n`).join('')}`);
          const read = readSource(file, { known: isUsualColumn });
          expect(read.rows.map(({ values }) => [values.编号, values.名称])).toEqual(
            rows.map(([a, b], i) => [`K${i}${a}`, b]),
          );
        },
      ),
      { numRuns: 300, seed: 20261128 },
    );
  });
});

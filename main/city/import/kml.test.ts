import { expect, test } from 'vitest';
import { ImportError } from './importError.ts';
import { readKml } from './kml.ts';
import { gbk } from './sampleFiles.ts';

const kml = (body: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>${body}</Folder></Document></kml>`;
const refusalOf = (text: string): string => {
  try {
    readKml(Buffer.from(text));
  } catch (error) {
    if (error instanceof ImportError) return error.said.message.en;
    throw error;
  }
  return 'taken';
};

const GATE = `<Placemark id="k1"><name>东闸</name><styleUrl>#s</styleUrl><description><![CDATA[<b>水务</b> 值班]]></description>
<ExtendedData><Data name="编号"><value>A-1</value></Data><SchemaData><SimpleData name="口径">800</SimpleData></SchemaData></ExtendedData>
<Point><coordinates>121.5,31.2,0</coordinates></Point></Placemark>`;

test('given placemarks, their names and extended data are columns, without how they are drawn', () => {
  const table = readKml(
    Buffer.from(
      kml(
        `${GATE}<Placemark><name>堤</name><LineString><coordinates>0,0 4,0</coordinates></LineString></Placemark><Placemark><name>无</name></Placemark>`,
      ),
    ),
  );
  expect(table.format).toBe('kml');
  expect(table.crs).toBeUndefined();
  expect(table.columns).toEqual(expect.arrayContaining(['name', 'description', '编号', '口径']));
  expect(table.columns.filter((each) => /style|stroke/i.test(each))).toEqual([]);
  expect(table.rows[0]).toMatchObject({ row: 1, at: { lon: 121.5, lat: 31.2 }, geometry: 'point' });
  expect({ ...table.rows[0]?.values }).toMatchObject({ name: '东闸', 编号: 'A-1', 口径: '800' });
  expect(table.rows.slice(1)).toMatchObject([
    { row: 2, at: { lon: 2, lat: 0 }, geometry: 'line' },
    { row: 3, at: null, geometry: 'none' },
  ]);
});

test('however many there are, each is read, with a track and a mark within its text', () => {
  const many = Array.from(
    { length: 450 },
    (_, i) =>
      `<Placemark><name>A&amp;B "&lt;${i}&gt;"</name><Point><coordinates>${i},1</coordinates></Point></Placemark>`,
  );
  const track =
    '<Placemark xmlns:x="y"><gx:Track><when>2024-09-01T00:00:00Z</when><gx:coord>1 2 0</gx:coord><when>2024-09-01T00:01:00Z</when><gx:coord>3 2 0</gx:coord></gx:Track></Placemark>';
  const { rows } = readKml(Buffer.from(kml([...many, track].join('<Style id="s"/>'))));
  expect(rows).toHaveLength(451);
  expect([rows[449]?.row, rows[449]?.values.name, rows[449]?.at?.lon]).toEqual([450, 'A&B "<449>"', 449]);
  expect(rows[450]).toMatchObject({ geometry: 'line', at: { lon: 2, lat: 2 } });
});

test('one that says it is GBK is read as such', () => {
  const table = readKml(gbk(kml('<Placemark><name>闸</name></Placemark>', '<?xml version="1.0" encoding="GB2312"?>')));
  expect(table.rows[0]?.values.name).toBe('闸');
});

test('document types, what is not well-formed, and what is too deep are refused', () => {
  expect(refusalOf(`<!DOCTYPE kml [<!ENTITY a "b">]>${kml('<Placemark><name>&a;</name></Placemark>', '')}`)).toBe(
    'has a document type (DOCTYPE)',
  );
  expect(refusalOf(kml('<Placemark>'))).toBe('line 1 is no good XML');
  expect(refusalOf(kml('<Folder>'.repeat(70)))).toBe('goes deeper than 64 levels');
  expect(refusalOf(kml('<Placemark><name>&unknown;</name></Placemark>'))).toBe('line 1 is no good XML');
});

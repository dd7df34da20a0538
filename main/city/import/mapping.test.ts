import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { ImportError } from './importError.ts';
import { columnsOf, mappingText, readMapping } from './mapping.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function read(text: string) {
  const file = join(scratch.folder('mapping'), 'm.yaml');
  writeFileSync(file, text);
  return readMapping(file);
}
function refusalOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    expect([halfSaid(error.said.message), halfSaid(error.said.remedy)]).toEqual([null, null]);
    return error.message;
  }
  return 'taken';
}

const WATER = `kind: sensors
crs: EPSG:4549
sheet: 站点
encoding: gbk
id: { from: [ 区, 站码 ], join: "-" }
`;
const FIELDS_TEXT = `fields:
  kind: { column: 类型, default: rain }
  unit: { value: m }
  name: { zh: 站名, en: Name }
  lon: Y
  lat: X
`;

test('a mapping names columns, tables and constants, and is written as it is read', () => {
  const mapping = read(`${WATER}${FIELDS_TEXT}  place: { column: 地点, table: { 东: 东门 }, default: 别处 }\n`);
  expect(mapping).toEqual({
    kind: 'sensors',
    crs: 'EPSG:4549',
    sheet: '站点',
    encoding: 'gbk',
    id: { from: ['区', '站码'], join: '-' },
    lon: 'Y',
    lat: 'X',
    fields: {
      kind: { column: '类型', default: 'rain' },
      unit: { value: 'm' },
      name: { zh: '站名', en: 'Name' },
      place: { column: '地点', table: { 东: '东门' }, default: '别处' },
    },
  });
  expect(columnsOf(mapping)).toEqual(['区', '站码', 'Y', 'X', '类型', '站名', 'Name', '地点']);
  expect(read(mappingText(mapping))).toEqual(mapping);
});

test.each([
  [
    'an unknown field',
    `${WATER}${FIELDS_TEXT}  colour: 颜色\n`,
    /line \d+ of the mapping, fields: unknown key `colour`/,
  ],
  ['a field of another kind', 'kind: departments\nid: { column: a }\nfields:\n  bearing: 朝向\n', /bearing/],
  ['no kind', 'id: { column: a }\n', /kind/],
  ['another kind', 'kind: dogs\nid: { column: a }\n', /sensors/],
  [
    'another system of coordinates',
    'kind: sensors\ncrs: mars\nid: { column: a }\n',
    /line 2 of the mapping, crs: is no system/,
  ],
  ['no id', 'kind: sensors\nfields: { name: a }\n', /id/],
  ['an id of both kinds', 'kind: sensors\nid: { column: a, from: [b] }\n', /id/],
  ['a separator that no id may hold', 'kind: sensors\nid: { from: [b], join: "/" }\n', /letters, digits/],
  ['no YAML', 'kind: [', /line \d+ of the mapping/],
])('%s is refused with its line', (_, text, refusal) => {
  expect(refusalOf(text)).toMatch(refusal);
});

test('one that is not there is said to be so', () => {
  expect(() => readMapping(join(scratch.folder('none'), 'm.yaml'))).toThrow(/there is no such file/);
});

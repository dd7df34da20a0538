import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { ConfigError } from '../../config/readYaml.ts';
import { ownedBy, readFeedConfig } from '../registry.ts';

const COLUMNS = '{ device: 站码, readings: { level: "水位（m）" } }';
const file = ({
  folder = '/srv/drop',
  columns = COLUMNS,
  more = '',
  devices = '[{ device: "1", readings: { level: WL-1 } }]',
} = {}) =>
  `id: f\nprotocol: folder\nname: { zh: 源, en: S }\nfolder: ${folder}\ncolumns: ${columns}\ndevices: ${devices}\n${more}`;

function errorOf(text: string): ConfigError {
  try {
    readFeedConfig('feeds/f.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('a short file is filled in: columns are found by their plain names, files in the hall’s own folder', () => {
  const config = readFeedConfig('f', file().replace('folder: /srv/drop\n', ''));
  expect(config).toMatchObject({
    ...{ folder: 'inbox/f', isOwn: true, zone: 480, silentAfter: 7200, maxRowsPerSecond: 20_000 },
    columns: { columns: ['站码', '水位(m)'], numbers: ['水位(m)'] },
  });
  expect(ownedBy(config)).toEqual(['WL-1']);
});

test.each<[string, string, string, number]>([
  ['a folder that is no absolute path', file({ folder: 'drop' }), 'folder', 4],
  ['nothing that files look like', file().replace(`columns: ${COLUMNS}\n`, ''), '', 1],
  ['a column without a name', file({ columns: '{ device: " ", readings: { level: v } }' }), 'columns.device', 5],
  ['a table of which nothing is taken', file({ columns: '{ device: a }' }), 'columns', 5],
  [
    'a name and a value for one quantity',
    file({ columns: '{ device: a, readings: { level: { name: b, value: c } } }' }),
    'columns.readings.level',
    5,
  ],
  ['one column for all quantities', file({ columns: '{ device: a, readings: { "*": b } }' }), 'columns.readings.*', 5],
  [
    'a form of times that there is not',
    file({ columns: '{ device: a, time: { at: b, form: unix }, readings: { level: c } }' }),
    'columns.time.form',
    5,
  ],
  [
    'positions without a coordinate system',
    file({ columns: '{ device: a, position: { lon: x, lat: y } }' }),
    'columns',
    5,
  ],
  ['a unit that is nowhere', file({ devices: '[{ device: "1", unit: SW-1 }]' }), 'devices.0.unit', 6],
  [
    'messages of a topic',
    file({ more: 'messages: { topic: a, device: "$.a", readings: { level: "$.b" } }\n' }),
    'messages',
    7,
  ],
])('%s is named with its line and a remedy in both languages', (_, text, path, line) => {
  const { fault, remedy, ...at } = errorOf(text);
  expect([at.path, at.line]).toEqual([path, line]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

test('the examples of the handbook can be used as they are', () => {
  const page = readFileSync(new URL('../../../docs/protocols/folder.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(id: .*?)^```/gms)].map(([, text = '']) => readFeedConfig('f', text));
  expect(examples.map(({ protocol }) => protocol)).toEqual(['folder', 'folder']);
});

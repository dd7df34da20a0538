import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { ConfigError } from '../../config/readYaml.ts';
import { ownedBy, readFeedConfig } from '../registry.ts';

const DEVICES = '- { device: "0012", readings: { level: WL-1 } }';
const SHAPE = 'device: "$.id"\n  readings: { level: "$.v" }';
const file = ({ url = 'https://h/a?b=c', more = '', shape = SHAPE, devices = DEVICES } = {}) =>
  `id: f\nprotocol: http-poll\nname: { zh: 源, en: S }\nurl: ${url}\n${more}messages:\n  ${shape}\ndevices:\n  ${devices}\n`;

function errorOf(text: string): ConfigError {
  try {
    readFeedConfig('feeds/f.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('a short file is filled in, and owns what it names', () => {
  const config = readFeedConfig('f', file());
  expect(config).toMatchObject({
    ...{ every: 60, timeout: 10, headers: {}, zone: 480, encoding: 'utf-8', silentAfter: 900 },
    devices: [{ readings: { level: { sensor: 'WL-1', times: 1, plus: 0 } } }],
  });
  expect(ownedBy(config)).toEqual(['WL-1']);
});

test('who is asked once an hour is silent when three answers are missing', () => {
  expect(readFeedConfig('f', file({ more: 'every: 3600\n' }))).toMatchObject({ silentAfter: 10_800 });
});

test('messages that are all of one device need not say which', () => {
  const shape = 'device: { is: "0012" }\n  readings: { level: "$.v" }';
  expect(readFeedConfig('f', file({ shape }))).toMatchObject({ messages: [{ device: { is: '0012' } }] });
});

test.each<[string, string, string, number]>([
  ['an address that is none', file({ url: 'nowhere' }), 'url', 4],
  ['another protocol', file({ url: 'ftp://h' }), 'url', 4],
  ['a password in the address', file({ url: 'http://u:p@h' }), 'url', 4],
  ['a part of the address that is not sent', file({ url: '"http://h/#a"' }), 'url', 4],
  ['a pace that nobody can hold', file({ more: 'every: 0.1\n' }), 'every', 5],
  ['a token of two lines', file({ more: 'token: "a\\nb"\n' }), 'token', 5],
  ['a token that is a number', file({ more: 'token: 0012\n' }), 'token', 5],
  ['two logins', file({ more: 'token: abc\nusername: a\n' }), 'token', 5],
  ['a password without a user', file({ more: 'password: a\n' }), 'password', 5],
  ['a user with a colon', file({ more: 'username: "a:b"\n' }), 'username', 5],
  ['a header that the hall says itself', file({ more: 'headers: { Host: h }\n' }), 'headers.Host', 5],
  ['a login among the headers', file({ more: 'headers: { Authorization: x }\n' }), 'headers.Authorization', 5],
  ['a header’s name that is none', file({ more: 'headers: { "a b": x }\n' }), 'headers.a b', 5],
  ['a header of two lines', file({ more: 'headers: { X-Key: "a\\r\\nX: b" }\n' }), 'headers.X-Key', 5],
  [
    'many headers',
    file({ more: `headers: { ${Array.from({ length: 11 }, (_, i) => `X-${i}: a`).join(', ')} }\n` }),
    ...(['headers', 5] as const),
  ],
  ['a certificate that is none', file({ url: 'http://h', more: 'ca: x\n' }), 'ca', 5],
  ['certificates never switched off', file({ more: 'rejectUnauthorized: false\n' }), '', 5],
  ['silence within one pace', file({ more: 'every: 60\nsilentAfter: 60\n' }), 'silentAfter', 6],
  ['a next page that is no path', file({ more: 'next: links.next\n' }), 'next', 5],
  [
    'pages of a table',
    file({ more: 'next: "$.n"\ncolumns: { device: a, readings: { level: b } }\n' }).replace(
      /messages:.*?(?=devices)/s,
      '',
    ),
    ...(['next', 5] as const),
  ],
  ['neither JSON nor tables', file().replace(/messages:.*?(?=devices)/s, ''), '', 1],
  ['JSON and tables', file({ more: 'columns: { device: a, readings: { level: b } }\n' }), '', 1],
  ['a topic, which there is not', file({ shape: 'device: topic[0]\n  readings: { a: "$.v" }' }), 'messages', 5],
  ['messages of a topic', file({ shape: `topic: a\n  ${SHAPE}` }), 'messages', 5],
  [
    'one device without quotes',
    file({ shape: 'device: { is: 12 }\n  readings: { a: "$.v" }' }),
    'messages.device.is',
    6,
  ],
  [
    'positions without a coordinate system',
    file({ shape: `position: { lon: "$.x", lat: "$.y" }\n  ${SHAPE}` }),
    'messages',
    5,
  ],
  ['a unit that is nowhere', file({ devices: '- { device: a, unit: SW-1 }' }), 'devices.0.unit', 9],
  [
    'one device twice',
    file({ devices: `${DEVICES}\n  - { device: "0012", readings: { x: WL-2 } }` }),
    'devices.1.device',
    10,
  ],
])('%s is named with its line and a remedy in both languages', (_, text, path, line) => {
  const { fault, remedy, ...at } = errorOf(text);
  expect([at.path, at.line]).toEqual([path, line]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

test('the examples of the handbook can be used as they are', () => {
  const page = readFileSync(new URL('../../../docs/protocols/http-poll.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(id: .*?)^```/gms)].map(([, text = '']) => readFeedConfig('f', text));
  expect(examples.map(({ id }) => id)).toEqual(['rain-service', 'level-table', 'sensor-things']);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mqttConfig } from '../../../tests/fixtures/mqtt/feedOn.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { makeCertificate } from '../../../tests/support/mqttBroker.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { ConfigError } from '../../config/readYaml.ts';
import { ownedBy } from '../registry.ts';
import { lossOf, lossOfReason } from './reasons.ts';

const DEVICES = '- { device: "0012", readings: { level: WL-1 } }';
const SHAPE = 'device: "$.id"\n  readings: { level: "$.v" }';
const file = ({ url = 'mqtt://h', topics = '"a/#"', more = '', shape = SHAPE, devices = DEVICES } = {}) =>
  `id: f\nprotocol: mqtt\nname: { zh: 源, en: S }\nurl: ${url}\ntopics: [ ${topics} ]\n${more}messages:\n  ${shape}\ndevices:\n  ${devices}\n`;

function errorOf(text: string): ConfigError {
  try {
    mqttConfig(text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('a short file is filled in, and owns what it names', () => {
  const config = mqttConfig(
    file({
      more: 'crs: wgs84\n',
      shape: 'device: "topic[-2]"\n  position: { lon: "$.x", lat: "$.y" }\n  readings: { level: "$.v" }',
      devices: `${DEVICES}\n  - { device: car-7, unit: SW-1 }`,
    }),
  );
  expect(config).toMatchObject({
    ...{ version: 5, qos: 1, keepFor: 86_400, zone: 480, encoding: 'utf-8', silentAfter: 900 },
    messages: [{ device: { level: -2 }, time: null, each: null, only: [], unpack: [] }],
    devices: [{ readings: { level: { sensor: 'WL-1', times: 1, plus: 0 } } }, { unit: 'SW-1', status: 'available' }],
  });
  expect(ownedBy(config)).toEqual(['WL-1', 'SW-1']);
});

test('several kinds of messages are tried in order', () => {
  const shape =
    '- { topic: "a/+", device: "$.id", readings: { level: "$.v" } }\n  - { device: "$.i", readings: { level: "$.w" } }';
  expect(mqttConfig(file({ shape })).messages.map(({ topic }) => topic)).toEqual(['a/+', null]);
});

const SH = 'messages.';
test.each<[string, string, string, number]>([
  ['an address that is none', file({ url: 'nowhere' }), 'url', 4],
  ['another protocol', file({ url: 'http://h' }), 'url', 4],
  ['a password in the address', file({ url: 'mqtt://u:p@h' }), 'url', 4],
  ['a path that MQTT over TCP has not', file({ url: 'mqtt://h/x' }), 'url', 4],
  ['a version that there is not', file({ more: 'version: 4\n' }), 'version', 6],
  ['no topics', file({ topics: '' }), 'topics', 5],
  ['a # within', file({ topics: '"a/#/b"' }), 'topics.0', 5],
  ['a + within a level', file({ topics: '"a+"' }), 'topics.0', 5],
  ['a group without a topic', file({ topics: '"$share/g"' }), 'topics.0', 5],
  ['a quality that there is not', file({ more: 'qos: 3\n' }), 'qos', 6],
  ['a password that is a number', file({ more: 'username: a\npassword: 0012\n' }), 'password', 7],
  ['a password without a user', file({ more: 'password: a\n' }), 'password', 6],
  ['the name of a file for a certificate', file({ url: 'mqtts://h', more: 'ca: city/ca.pem\n' }), 'ca', 6],
  [
    'a damaged certificate',
    file({ url: 'mqtts://h', more: 'ca: "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----"\n' }),
    ...(['ca', 6] as const),
  ],
  ['an encoding that there is not', file({ more: 'encoding: latin1\n' }), 'encoding', 6],
  ['certificates never switched off', file({ more: 'rejectUnauthorized: false\n' }), '', 6],
  ['a path that is none', file({ shape: 'device: deviceId\n  readings: { level: "$.v" }' }), `${SH}device`, 7],
  ['a path of another language', file({ shape: 'device: "$..id"\n  readings: { level: "$.v" }' }), `${SH}device`, 7],
  [
    'a form of times that there is not',
    file({ shape: `time: { at: "$.t", form: unix }\n  ${SHAPE}` }),
    `${SH}time.form`,
    7,
  ],
  [
    'two names for one quantity',
    file({ shape: 'device: "$.id"\n  readings: { level: { at: "$.v", name: "$.n" } }' }),
    `${SH}readings.level.name`,
    8,
  ],
  [
    'bytes without a beginning',
    file({ shape: 'device: "$.id"\n  readings: { level: { at: "$.v", bytes: { as: hex } } }' }),
    `${SH}readings.level.bytes.from`,
    8,
  ],
  ['messages of which nothing is taken', file({ shape: 'device: "$.id"' }), 'messages', 6],
  ['a condition that is no path', file({ shape: `only: { type: 1 }\n  ${SHAPE}` }), `${SH}only.type`, 7],
  ['many places to unpack', file({ shape: `unpack: { "$.a[*]": json }\n  ${SHAPE}` }), `${SH}unpack.$.a[*]`, 7],
  ['a packing that there is not', file({ shape: `unpack: { "$.a": gzip }\n  ${SHAPE}` }), `${SH}unpack.$.a`, 7],
  ['an unknown member', file({ shape: `reading: {}\n  ${SHAPE}` }), 'messages', 7],
  [
    'an error in the second of two kinds',
    file({ shape: '- { device: "$.id", readings: { level: "$.v" } }\n  - { device: id, readings: { level: "$.v" } }' }),
    'messages.1.device',
    8,
  ],
  [
    'positions without a coordinate system',
    file({ shape: `position: { lon: "$.x", lat: "$.y" }\n  ${SHAPE}` }),
    'messages',
    6,
  ],
  ['a unit that is nowhere', file({ devices: '- { device: a, unit: SW-1 }' }), 'devices.0.unit', 10],
  ['a device with nothing', file({ devices: '- { device: a }' }), 'devices.0', 10],
  [
    'a device’s number without quotes',
    file({ devices: '- { device: 0012, readings: { level: WL-1 } }' }),
    'devices.0.device',
    10,
  ],
  [
    'one device twice',
    file({ devices: `${DEVICES}\n  - { device: "0012", readings: { x: WL-2 } }` }),
    'devices.1.device',
    11,
  ],
  [
    'one sensor of two devices',
    file({ devices: `${DEVICES}\n  - { device: b, readings: { x: WL-1 } }` }),
    'devices.1.readings.x',
    11,
  ],
  [
    'a factor of nought',
    file({ devices: '- { device: a, readings: { x: { sensor: S, times: 0 } } }' }),
    'devices.0.readings.x.times',
    10,
  ],
])('%s is named with its line and a remedy in both languages', (_, text, path, line) => {
  const { fault, remedy, ...at } = errorOf(text);
  expect([at.path, at.line]).toEqual([path, line]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

test('a certificate is taken as text, where it is used; a private key never', async () => {
  const scratch = createScratch();
  try {
    const { cert, key } = makeCertificate(scratch.folder('certificate'));
    const ca = (text: string) => `ca: |\n${text.trim().replace(/^/gm, '  ')}\n`;
    expect(mqttConfig(file({ url: 'wss://h/mqtt', more: ca(cert + cert) })).ca).toContain('BEGIN CERTIFICATE');
    expect(errorOf(file({ url: 'mqtt://h', more: ca(cert) }))).toMatchObject({ path: 'ca', line: 6 });
    const withKey = errorOf(file({ url: 'mqtts://h', more: ca(cert + key) }));
    expect(withKey.message).toContain('private key');
    expect(withKey.message).not.toContain(key.split('\n')[1]);
  } finally {
    await scratch.clear();
  }
});

test.each<[number | string | undefined, string, string]>([
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'refused'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND h', 'unreachable'],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'untrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", 'untrusted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number', 'not-a-feed'],
  [undefined, 'connack timeout', 'timeout'],
  [undefined, 'Keepalive timeout', 'timeout'],
  [undefined, 'Invalid header flag bits, must be 0x0 for puback packet', 'not-a-feed'],
  [undefined, 'Unexpected server response: 401', 'unauthorised'],
  [undefined, 'Unexpected server response: 404', 'not-a-feed'],
  [5, 'Connection refused: Not authorized', 'unauthorised'],
  [137, 'Connection refused: Server busy', 'refused'],
])('an error of the code %s, "%s", is told as %s', (code, message, fault) => {
  const loss = lossOf({ code, message });
  expect([loss.fault, halfSaid(loss.why)]).toEqual([fault, null]);
});

test('every reason that a broker can give is a sentence in both languages', () => {
  for (let code = 0; code < 256; code++) expect(halfSaid(lossOfReason(code).why)).toBeNull();
});

test('the example of the handbook can be used as it is', () => {
  const page = readFileSync(new URL('../../../docs/protocols/mqtt.md', import.meta.url), 'utf8');
  const example = /^```yaml\n(id: .*?)^```/ms.exec(page)?.[1] ?? '';
  expect(mqttConfig(example)).toMatchObject({ id: 'iot', messages: [{ each: { text: '$.data[*]' } }] });
  const readings = [...page.matchAll(/^ {2}(?:"\*"|voltage): .*$/gm)].map(([line]) =>
    line.trim().replace(/ {2,}#.*/, ''),
  );
  expect(readings).toHaveLength(5);
  for (const line of readings)
    expect(mqttConfig(file({ shape: `device: "$.id"\n  readings: { ${line} }` })).messages[0]?.readings).toHaveLength(
      1,
    );
});

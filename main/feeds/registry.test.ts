import { expect, test } from 'vitest';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import { ConfigError } from '../config/readYaml.ts';
import { readFeedConfig } from './registry.ts';

const good = 'id: f\nprotocol: ws-json\nname: { zh: 源, en: Source }\nurl: ws://host:1/x\ncrs: gcj02\n';

function errorOf(text: string, variables?: Record<string, string>): ConfigError {
  try {
    readFeedConfig('resources/feeds/f.yaml', text, variables);
  } catch (e) {
    if (e instanceof ConfigError) return e;
    throw e;
  }
  throw new Error('was accepted');
}

test('gives the configuration with its defaults', () => {
  expect(readFeedConfig('f', good)).toMatchObject({
    url: 'ws://host:1/x',
    silentAfter: 10,
    maxMessagesPerSecond: 50_000,
  });
});

test.each([
  ['', `\${drill.url} is empty`, `Give \${drill.url} a value.`],
  [' \n', `\${drill.url} is empty`, `Give \${drill.url} a value.`],
  ['nonsense', `is not an address once \${drill.url} is filled in`, 'Write it like ws://host:port/path.'],
  [
    'http://h/',
    `has the protocol http: once \${drill.url} is filled in`,
    'Write an address that begins with ws:// or wss://.',
  ],
])('a variable that is %j is what is named, not the line that asks for it', (value, message, remedy) => {
  const error = errorOf(good.replace('ws://host:1/x', `\${drill.url}`), { 'drill.url': value });
  expect(error).toMatchObject({ path: 'url', remedy: { en: remedy } });
  expect([halfSaid(error.fault), halfSaid(error.remedy)]).toEqual([null, null]);
  expect(error.message).toContain(message);
});

test('a line break at the end of a variable, as files have it, is no part of the address', () => {
  const config = readFeedConfig('f', good.replace('ws://host:1/x', `\${u}`), { u: 'ws://host:1/x\n' });
  expect(config).toMatchObject({ url: 'ws://host:1/x' });
});

test.each([
  [
    'protocol',
    good.replace('ws-json', 'pigeon'),
    2,
    'protocol',
    'Write one of: ws-json, http-json, hj212, sl651, gb26875, jt808, ais, cot, mqtt, http-poll, cap, calls, open311, modbus, folder, replay.',
  ],
  ['address', good.replace('ws://host:1/x', 'nowhere'), 4, 'url', 'Write it like ws://host:port/path.'],
  ['scheme', good.replace('ws://', 'http://'), 4, 'url', 'Write an address that begins with ws:// or wss://.'],
  ['variable', good.replace('ws://host:1/x', `\${drill.ulr}`), 4, 'url', `Write one of: \${drill.url}.`],
  ['CRS', good.replace('gcj02', 'gcj-02'), 5, 'crs', 'Write one of: wgs84, gcj02, bd09.'],
  ['missing CRS', good.replace('crs: gcj02\n', ''), 1, 'crs', 'Write one of: wgs84, gcj02, bd09.'],
  ['unknown key', `${good}sielntAfter: 3\n`, 6, '', 'Remove `sielntAfter`, or correct the spelling.'],
  ['a list', '- a\n', 1, '', 'Write an object here.'],
])('a wrong %s is told with line, path and remedy', (_what, text, line, path, remedy) => {
  const error = errorOf(text, { 'drill.url': 'ws://h:1' });
  expect(error).toMatchObject({ file: 'resources/feeds/f.yaml', line, path, remedy: { en: remedy } });
  expect([halfSaid(error.fault), halfSaid(error.remedy)]).toEqual([null, null]);
});

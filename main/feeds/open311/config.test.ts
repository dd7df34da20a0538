import { expect, test } from 'vitest';
import { ConfigError } from '../../config/readYaml.ts';
import { ownedBy, readFeedConfig } from '../registry.ts';

const file = (more = '', url = 'https://h/open311/v2') =>
  `id: city\nprotocol: open311\nname: { zh: 市民, en: City }\nurl: ${url}\n${more}`;

function errorOf(text: string): ConfigError {
  try {
    readFeedConfig('feeds/f.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('a short file is filled in, and owns nothing', () => {
  const config = readFeedConfig('f', file());
  expect(config).toMatchObject({
    ...{ every: 300, days: 1, pageSize: 1000, crs: 'wgs84', kinds: {}, to: ['duty', 'deputy', 'commander'] },
    silentAfter: 900,
  });
  expect(ownedBy(config)).toEqual([]);
});

test.each([
  ['the address of a resource', file('', 'https://h/open311/v2/requests.json'), 'url', 4],
  ['no address', file('', 'h'), 'url', 4],
  ['codes without quotes lose their zeros', file('services: [006]\n'), 'services.0', 5],
  ['a seat that takes no calls', file('to: [fire]\n'), 'to.0', 5],
  ['a kind that is none', file('kinds: { "006": Road works }\n'), 'kinds.006', 5],
  ['two logins', file('token: x\nusername: y\n'), 'token', 5],
])('%s is refused with its place', (_, text, path, line) => {
  expect(errorOf(text)).toMatchObject({ path, line });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { type Path, parsePath } from '../codecs/json-path/path.ts';
import { nextPage } from './pages.ts';

const NEXT = parsePath("$['@iot.nextLink']") as Path;
const FROM = new URL('http://h:8080/v1.1/Datastreams?$top=2');
const of = (answer: unknown) => nextPage(NEXT, Buffer.from(JSON.stringify(answer)), 'utf-8', FROM);
const linkTo = (link: unknown) => of({ '@iot.nextLink': link });

test.each([
  ['http://h:8080/v1.1/Datastreams?$skip=2', 'http://h:8080/v1.1/Datastreams?$skip=2'],
  ['/v1.1/Datastreams?$skip=2', 'http://h:8080/v1.1/Datastreams?$skip=2'],
  ['?$skip=2', 'http://h:8080/v1.1/Datastreams?$skip=2'],
  ['https://h/more', 'https://h/more'],
])('%s is asked for next', (link, url) => expect(String(linkTo(link))).toBe(url));

test.each([
  ['http://h:8081/more', 'on another host, h:8081'],
  ['http://h.example:8080/more', 'on another host, h.example:8080'],
  ['//evil.example/more', 'on another host, evil.example'],
  ['file:///etc/passwd', 'on another host'],
  ['ftp://h:8080/more', 'on another host'],
  ['http://', 'no address'],
  [7, 'no address'],
  [{ href: '/more' }, 'no address'],
])('%j is not, and that is told in both languages', (link, said) => {
  const fault = linkTo(link);
  if (fault === null || fault instanceof URL) throw new Error('was followed');
  expect(fault.message.en).toContain(said);
  expect([fault.path, halfSaid(fault.message), halfSaid(fault.remedy)]).toEqual(["$['@iot.nextLink']", null, null]);
});

test.each([{}, { '@iot.nextLink': null }, { '@iot.nextLink': '' }, [], null, 'text'])(
  'after %j nothing follows',
  (answer) => expect(of(answer)).toBeNull(),
);

test('whatever comes, no other host is ever asked', () => {
  const link = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc.jsonValue(),
    fc.webPath(),
    fc.constantFrom('\\\\evil', 'http:\\evil', 'http:/h2/'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        link.map((next) => JSON.stringify({ '@iot.nextLink': next })),
        fc.string(),
      ),
      (body) => {
        const next = nextPage(NEXT, Buffer.from(body), 'utf-8', FROM);
        if (next instanceof URL)
          expect([next.hostname, next.protocol === 'https:' || next.host === 'h:8080']).toEqual(['h', true]);
      },
    ),
    { numRuns: 2000, seed: 80 },
  );
});

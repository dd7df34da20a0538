import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlaceBody, TextBody } from '../../../core/bodies.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { type RequestOptions, readRequests, readServices } from './read.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const options: RequestOptions = {
  ...{ kinds: { '006': 'road', Graffiti: 'other' }, convert: null, zone: 480 },
  ...{ services: null, names: new Map([['012', '路灯']]) },
};
const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const read = (value: unknown, more: Partial<RequestOptions> = {}, since = 0) =>
  readRequests(bytesOf(value), { ...options, ...more }, NOW, since);
const one = (record: object, more?: Partial<RequestOptions>) => {
  const reading = read([record], more);
  return reading.ok ? (reading.reports[0] ?? reading.faults[0] ?? null) : reading.fault;
};
/** As the standard writes them. */
const request = {
  ...{
    service_request_id: '638344',
    status: 'open',
    status_notes: null,
    service_name: 'Sidewalk',
    service_code: '006',
  },
  ...{
    description: null,
    requested_datetime: '2026-11-27T22:37:38-07:00',
    address: '8TH AVE',
    lat: 37.76,
    long: -122.46,
  },
  media_url: 'javascript:alert(1)',
};

describe('a request', () => {
  test('is a report: number, time, words, the hall’s kind by code or name, place; nothing of its media', () => {
    expect(one(request)).toEqual({
      ...{ id: '638344', at: Date.parse('2026-11-28T05:37:38Z'), over: false },
      text: { zh: 'Sidewalk', en: 'Sidewalk' },
      about: { kind: 'road', place: { lon: -122.46, lat: 37.76, name: { zh: '8TH AVE', en: '8TH AVE' } } },
    });
    expect(one({ ...request, service_code: 7, service_name: 'Graffiti' })).toMatchObject({ about: { kind: 'other' } });
    expect(one({ ...request, status: 'Closed', status_notes: 'done', description: 'broken' })).toMatchObject({
      ...{ over: true, text: { en: 'Sidewalk · broken · done' } },
    });
  });

  test('as servers write it: numbers as text and texts as numbers, times without a zone, no place, a name in services alone', () => {
    const said = {
      service_request_id: 42,
      service_code: '012',
      requested_datetime: '2026-11-28 13:00:00',
      lat: '0',
      long: '0.0',
      address: '东门',
    };
    expect(one(said)).toEqual({
      ...{ id: '42', at: Date.parse('2026-11-28T05:00:00Z'), over: false, about: {} },
      text: { zh: '路灯 · 东门', en: '路灯 · 东门' },
    });
    expect(one({ ...said, lat: '29.5', long: '121.5' })).toMatchObject({ about: { place: { lon: 121.5, lat: 29.5 } } });
  });

  test('that is not asked for, has no number yet, or is older than the dates that were asked for, is passed over', () => {
    expect(one(request, { services: new Set(['012']) })).toBeNull();
    expect(one({ token: 't-1', service_code: '006' })).toBeNull();
    expect(read([request], {}, NOW - 60_000)).toMatchObject({ ok: true, count: 1, reports: [], rejected: 0 });
  });

  test.each([
    [{ ...request, service_request_id: '' }, 'requests.0.service_request_id'],
    [{ ...request, requested_datetime: 'soon' }, 'requests.0.requested_datetime'],
    [{ ...request, requested_datetime: '2026-11-28T06:02:00Z' }, 'requests.0.requested_datetime'],
    [{ service_request_id: '1' }, 'requests.0'],
    [7, 'requests.0.service_request_id'],
  ])('that is wrong is refused with its place: %j', (record, path) => {
    expect(one(record as object)).toMatchObject({ path });
  });
});

test('an answer that is no list, and one that tells of an error', () => {
  expect(read('<xml/>')).toMatchObject({ ok: false, fault: { message: { zh: '不是 JSON' } } });
  expect(read({})).toMatchObject({ ok: false, fault: { message: { en: 'the answer is no list' } } });
  const error = [{ code: 400, description: 'jurisdiction_id was not provided' }];
  expect(read(error)).toMatchObject({
    ok: false,
    fault: { message: { en: expect.stringContaining('was not provided') } },
  });
  expect(read({ service_requests: [request] })).toMatchObject({ ok: true, count: 1 });
});

test('services are names by codes', () => {
  const list = [{ service_code: '001', service_name: '井盖' }, { service_code: 2 }, {}, null];
  expect(readServices(bytesOf(list))).toEqual(
    new Map([
      ['001', '井盖'],
      ['2', ''],
    ]),
  );
  expect(readServices(bytesOf('[]x'))).toMatchObject({ path: '' });
});

test('whatever comes, it fits the ledger, and every refusal is told in both languages (fuzz)', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('\ud800', 'x'.repeat(1500), '7', '', null, 5),
  );
  const record = fc.record(
    {
      ...{ service_request_id: odd, token: odd, status: odd, service_name: odd, service_code: odd, description: odd },
      ...{ requested_datetime: fc.oneof(odd, fc.constant('2026-11-28T05:00:00Z')), address: odd },
      ...{ lat: fc.oneof(odd, fc.double()), long: fc.oneof(odd, fc.double({ min: -181, max: 181 })) },
    },
    { requiredKeys: ['service_name'] },
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: fc.array(record, { maxLength: 4 }) }, fc.jsonValue()), (value) => {
      const reading = read(value);
      const faults = reading.ok ? reading.faults : [reading.fault];
      for (const { message, remedy } of faults) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
      if (!reading.ok) return;
      taken += reading.reports.length;
      for (const { id, text, about } of reading.reports) {
        expect(id.length > 0 && id.length <= 120 && TextBody.safeParse(text).success).toBe(true);
        expect(JSON.stringify(text)).not.toMatch(/\\ud[89a-f]/i);
        if (about.place) expect(PlaceBody.safeParse(about.place).success).toBe(true);
      }
    }),
    { seed: 20_261_128, numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(300);
});

/** Answers of others, which are not ours to hand on: beside the project's folder where it is worked on. */
const FOLDER = new URL('../../../../shared/data/vectors/open311/', import.meta.url);
if (!existsSync(FOLDER))
  console.info('answers of others are not read: ../shared/data/vectors/open311 is not beside this tree');
else
  test('an answer of others', () => {
    const bytes = (file: string) => readFileSync(new URL(file, FOLDER));
    const { id, time, status } = JSON.parse(bytes('expected.json').toString())['requests.json'];
    expect(readRequests(bytes('requests.json'), options, NOW, 0)).toMatchObject({
      reports: [{ id, at: Date.parse(time), over: status === 'closed' }],
    });
    expect(readServices(bytes('services.json'))).toEqual(new Map([['001', '井盖缺失']]));
  });

import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Params } from '../../contract/index.ts';
import { methods, queries } from '../../contract/index.ts';
import { type OpenedHall, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';

const scratch = createScratch();
let hall: OpenedHall;

beforeAll(async () => {
  hall = await openHall({ dataDir: scratch.folder() });
});
afterAll(async () => {
  await hall.close();
  await scratch.clear();
});

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

async function ask(path: string, { headers = {}, ...init }: RequestInit = {}): Promise<Answer> {
  const authorization = `Bearer ${hall.integrationToken}`;
  const response = await fetch(`${hall.url}/api/v1/${path}`, {
    ...init,
    headers: { authorization, 'accept-language': 'en', ...headers },
  });
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text };
  return { status: response.status, headers: response.headers, body };
}

const post = (method: string, body: BodyInit, headers: Record<string, string> = {}) =>
  ask(method, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe('the contract over HTTP', () => {
  test('a method is called with its params and answers its result', async () => {
    const { status, headers, body } = await post('ledger.digest', '{}');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(body).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), events: expect.any(Number) });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('what the seat has no right to is refused, in the language that is asked for, and kept for who looks at refusals', async () => {
    const params: Params<'alarms.acknowledge'> = { alarm: 'alarm:x:y' };
    const en = await post('alarms.acknowledge', JSON.stringify(params));
    expect(en.status).toBe(403);
    expect(en.headers.get('content-type')).toBe('application/problem+json');
    expect(en.body).toEqual({
      ...{ type: 'urn:opshall:error:forbidden', title: 'forbidden', status: 403, code: 'forbidden' },
      detail: expect.stringContaining('the seat integration may not'),
    });
    const zh = await post('alarms.acknowledge', JSON.stringify(params), {
      'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
    });
    expect(zh.body.detail).toContain('席位 integration 无权');
    expect(hall.contract.stats().forbidden).toBe(2);
  });

  test('a query needs its right too', async () => {
    const { status, body } = await ask('rejects.list?limit=1');
    expect([status, body.detail]).toEqual([403, expect.stringContaining('(right refusals.see)')]);
  });

  test.each<[string, string, RequestInit, number, string]>([
    ['an unknown method', 'alarms.explode', { method: 'POST', body: '{}' }, 404, 'no method "alarms.explode"'],
    ['an unknown query', 'alarms.explode', {}, 404, 'no query "alarms.explode"'],
    ['a name of the language', '__proto__', { method: 'POST', body: '{}' }, 404, 'no method "__proto__"'],
    ['a method that is read', 'ledger.digest', {}, 405, 'POST its params'],
    ['a query that is called', 'rejects.list', { method: 'POST', body: '{}' }, 405, 'GET it'],
    ['another verb', 'rejects.list', { method: 'DELETE' }, 405, 'queries are read by GET'],
    ['a path below', 'rejects.list/1', {}, 404, 'nothing here'],
    ['no JSON', 'ledger.digest', { method: 'POST', body: '{' }, 400, 'the body is not JSON'],
    ['a form', 'ledger.digest', { method: 'POST', body: new URLSearchParams({ a: '1' }) }, 415, 'application/json'],
    ['a deep body', 'ledger.digest', { method: 'POST', body: '['.repeat(2000) }, 400, 'nests deeper than 31'],
    ['a long body', 'ledger.digest', { method: 'POST', body: `"${'x'.repeat(300_000)}"` }, 413, 'longer than 261120'],
    ['a parameter that is none', 'rejects.list?page=2', {}, 400, 'page: there is no such parameter'],
    ['a parameter twice', 'rejects.list?limit=2&limit=3', {}, 400, 'limit: given twice'],
    ['a text for a number', 'rejects.list?limit=ten', {}, 400, 'limit: should be a number'],
  ])('%s is a problem that says what to do', async (_what, path, init, status, detail) => {
    const form = init.body instanceof URLSearchParams;
    const headers: Record<string, string> = init.body && !form ? { 'content-type': 'application/json' } : {};
    const answer = await ask(path, { ...init, headers });
    expect([answer.status, answer.body.status]).toEqual([status, status]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.detail).toContain(detail);
    expect(answer.headers.has('allow')).toBe(status === 405);
  });

  test.each([
    ['nothing', {}],
    ['a window’s token', { authorization: 'Bearer a-window-of-a-test-0123456789-0123456789' }],
    ['the token of another scheme', { authorization: 'Basic a-system-of-a-test-0123456789-0123456789' }],
  ])('who shows %s is not let in', async (_what, headers) => {
    const response = await fetch(`${hall.url}/api/v1/openapi.json`, { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="opshall"');
    expect(await response.json()).toMatchObject({ code: 'unauthorised', status: 401 });
  });

  test('a foreign page is not served, though it had the token', async () => {
    expect((await ask('openapi.json', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  test('its token opens no window and no map', async () => {
    const headers = { authorization: `Bearer ${hall.integrationToken}` };
    expect((await fetch(`${hall.url}/api`, { headers })).status).toBe(401);
    expect((await fetch(`${hall.url}/city/basemap.json`, { headers })).status).toBe(401);
  });

  test('openapi.json is a valid description of every method and query', async () => {
    const { status, body } = await ask('openapi.json');
    expect(status).toBe(200);
    const result = await new Validator().validate(body);
    expect(result).toMatchObject({ valid: true });
    const paths = Object.keys(body.paths as object);
    expect(paths.sort()).toEqual([...Object.keys(methods), ...Object.keys(queries)].map((name) => `/${name}`).sort());
    expect(body.paths).toMatchObject({
      '/incidents.note': { post: { description: 'Needs the right `incidents.note`.' } },
      '/places.kinds': { get: { parameters: [{ name: 'limit', in: 'query', required: false }, { name: 'after' }] } },
    });
  });

  test('whatever is posted is answered by the contract or by a problem, never by a fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(methods)),
        fc.oneof(fc.json(), fc.string(), fc.constant('{"__proto__":{"alarm":"x"}}')),
        async (method, body) => {
          const answer = await post(method, body);
          expect([200, 400, 403, 404, 409, 429, 503]).toContain(answer.status);
          if (answer.status !== 200) expect(answer.body.detail).toEqual(expect.any(String));
        },
      ),
      { numRuns: 100 },
    );
  });
});

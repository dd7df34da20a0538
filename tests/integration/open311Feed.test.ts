import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../core/calls/report.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { until } from '../support/until.ts';

/** A feed that asks a real server; its clock is the test's. */
const NOW = Date.parse('2026-11-28T06:00:00Z');
const MINUTE = 60_000;
/** What the server has, and how much of it an answer holds. */
let requests: { service_request_id: string; requested_datetime: string; [more: string]: unknown }[];
let most: number;
let answers: ((url: URL) => { status: number; body: unknown } | null) | null;
let asked: URL[];
let came: Report[];
let warned: number;
let hall: { refuses: boolean; room: number };
let server: Server;
let clock: FakeClock;
let feeds: Feeds;
let rejects: ReturnType<typeof createRejects>;

const made = (id: number | string, minutesAgo: number, more: object = {}) => ({
  ...{ service_request_id: `${id}`, service_code: '006', service_name: '井盖', status: 'open' },
  ...{ requested_datetime: new Date(NOW - minutesAgo * MINUTE).toISOString(), ...more },
});
const ids = () => came.map(({ id }) => id);
const rounds = () => asked.filter(({ pathname }) => pathname.endsWith('requests.json'));

function answerTo({ url }: IncomingMessage): { status: number; body: unknown } {
  const at = new URL(url ?? '', 'http://h');
  asked.push(at);
  const own = answers?.(at);
  if (own) return own;
  if (at.pathname === '/open311/services.json')
    return { status: 200, body: [{ service_code: '006', service_name: '井盖' }] };
  if (at.pathname !== '/open311/requests.json' || at.searchParams.get('jurisdiction_id') !== 'city')
    return { status: 404, body: [] };
  const bound = (name: string, other: number) => Date.parse(at.searchParams.get(name) ?? new Date(other).toISOString());
  const [start, end] = [bound('start_date', 0), bound('end_date', 8.64e15)];
  const t = (each: { requested_datetime: string }) => Date.parse(each.requested_datetime);
  const found = requests.filter((each) => t(each) >= start && t(each) <= end).sort((a, b) => t(b) - t(a));
  return { status: 200, body: found.slice(0, most) };
}

const open = (more = '') => {
  const { port } = server.address() as AddressInfo;
  const file = `id: city\nprotocol: open311\nname: { zh: 市民上报, en: City }\nurl: http://127.0.0.1:${port}/open311?jurisdiction_id=city\nto: [duty]\nkinds: { "006": road }\n${more}`;
  feeds.add(readFeedConfig('f.yaml', file));
};
/** The round is over, and the next one set: what it found is with the hall, or was not kept. */
const settled = () =>
  until(() => warned > 0 || feeds.health()[0]?.lastMessageAt === clock.now(), { what: 'the end of the round' });
const nextRound = async () => {
  await settled();
  const before = rounds().length;
  warned = 0;
  await clock.advance(300_000);
  await until(() => rounds().length > before, { what: 'the next round' });
  await settled();
};

beforeEach(async () => {
  [requests, asked, came, answers, most] = [[], [], [], null, 1000];
  warned = 0;
  hall = { refuses: false, room: Number.POSITIVE_INFINITY };
  clock = createFakeClock(NOW);
  rejects = createRejects({ clock });
  server = createServer((request, response) => {
    const { status, body } = answerTo(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const log = { debug() {}, info() {}, warn: () => void warned++, error() {} };
  feeds = createFeeds({
    ...{ clock, rejects, log, secret: () => '' },
    directory: { hasSensor: () => false, hasUnit: () => false },
    sinkOf: () => ({ push: () => ({ slow: false, rejected: 0, late: 0, faults: [] }), ready: () => Promise.resolve() }),
  });
  feeds.reportsTo(async ({ feed, to }, reports) => {
    expect([feed, to]).toEqual(['city', ['duty']]);
    if (hall.refuses) throw new Error('the disk is full');
    const some = reports.slice(0, hall.room);
    came.push(...some);
    return { taken: some.length, left: reports.length - some.length };
  });
});
afterEach(async () => {
  await feeds.stop();
  await new Promise((resolve) => void server.close(resolve));
});

test('what was reported in the last day comes once, and again where something else is said of it', async () => {
  requests = [made(1, 60), made(2, 30), made(3, 3 * 24 * 60)];
  open();
  await until(() => came.length === 2, { what: 'the reports' });
  expect(came[0]).toMatchObject({ id: '2', at: NOW - 30 * MINUTE, over: false, about: { kind: 'road' } });
  expect(rounds()[0]?.searchParams.get('start_date')).toBe('2026-11-27T06:00:00Z');
  requests = [made(1, 60), made(2, 30, { status: 'closed', status_notes: '已处理' }), made(4, 1)];
  await nextRound();
  await until(() => came.length === 4, { what: 'what is new' });
  expect(came.slice(2)).toMatchObject([{ id: '4' }, { id: '2', over: true, text: { zh: '井盖 · 已处理' } }]);
  await nextRound();
  await nextRound();
  expect([came.length, asked.filter(({ pathname }) => pathname.includes('services')).length]).toEqual([4, 1]);
  expect(feeds.health()[0]).toMatchObject({ state: 'live', received: 4, rejected: 0 });
});

test('of a server whose answers are full the rest is asked for by narrower dates, and nothing is left out', async () => {
  requests = Array.from({ length: 95 }, (_, i) => made(i, 10 * i + 1));
  most = 10;
  open('pageSize: 10\n');
  await until(() => new Set(ids()).size === 95, { what: 'all of them' });
  expect(came).toHaveLength(95);
  expect(rounds().length).toBeLessThan(40);
  expect(rejects.total()).toBe(0);
});

test('a server that heeds no dates is not asked for ever', async () => {
  requests = Array.from({ length: 10 }, (_, i) => made(i, i));
  answers = ({ pathname }) => (pathname.endsWith('requests.json') ? { status: 200, body: requests } : null);
  open('pageSize: 10\n');
  await until(() => rejects.total() === 1, { what: 'the complaint' });
  expect([rejects.list()[0]?.path, rounds().length, came.length]).toEqual(['days', 40, 10]);
});

test('what the hall cannot keep, or has no room for, comes again with the next round', async () => {
  requests = [made(1, 60), made(2, 30)];
  hall.refuses = true;
  open();
  await settled();
  hall.refuses = false;
  hall.room = 1;
  await nextRound();
  await until(() => came.length === 1, { what: 'the first report' });
  hall.room = 10;
  await nextRound();
  await until(() => new Set(ids()).size === 2, { what: 'the other' });
  const full = 'too many calls wait to be answered: the rest is taken later';
  expect(rejects.list().map(({ message }) => message.en)).toEqual([full]);
  // Told at its first round alone, and anew the next time.
  requests.push(made(3, 1));
  hall.room = 0;
  await nextRound();
  await nextRound();
  expect(rejects.list().map(({ message }) => message.en)).toEqual([full, full]);
});

test('a service that is not there, bad requests and a server that fails are told, each once, without the key', async () => {
  requests = [made(1, 60), made('', 30, { description: 'of-the-address' })];
  open('services: ["006", "017"]\nheaders: { X-Api-Key: of-the-address }\n');
  await until(() => came.length === 1, { what: 'the good one' });
  await nextRound();
  expect(rounds()[0]?.searchParams.get('service_code')).toBe('006,017');
  expect(rejects.list().map(({ path }) => path)).toEqual(['requests.0.service_request_id', 'services']);
  expect(JSON.stringify(rejects.list())).not.toContain('of-the-address');
  answers = () => ({ status: 503, body: [] });
  await clock.advance(300_000);
  await until(() => feeds.health()[0]?.state === 'down', { what: 'the fault' });
  answers = null;
  requests.push(made(5, 1));
  await clock.advance(60_000);
  await until(() => ids().includes('5'), { what: 'the server is back' });
});

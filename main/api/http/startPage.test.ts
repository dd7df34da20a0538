import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { until } from '../../../tests/support/until.ts';
import { createStartPage } from './startPage.ts';

const HOST = '127.0.0.1';

/** A port that nobody has. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

test('of a start that takes long its address tells how far it is, until the hall listens there itself', async () => {
  const clock = createFakeClock();
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const page = createStartPage({ host: HOST, port }, clock);
  const asked = (path: string) => fetch(url + path).catch(() => null);
  page.told(10);
  expect(await asked('/healthz')).toBeNull();
  await clock.advance(1000);
  page.told(20);
  await until(async () => (await asked('/healthz')) !== null, { what: 'the page' });
  page.told(30);
  const health = await asked('/healthz');
  expect([health?.status, await health?.json()]).toEqual([503, { status: 'starting', views: 30 }]);
  const shown = await (await asked('/?lang=en'))?.text();
  expect(shown).toContain('已完成 30%');
  expect(shown).toContain('rebuilding views.db from the ledger, 30%');
  expect(await page.over()).toEqual({ host: HOST, port });
  const hall = createServer().listen(port, HOST);
  await once(hall, 'listening');
  await new Promise((closed) => hall.close(closed));
});

test('a short start, and one whose address cannot be had, leave the address to the hall', async () => {
  const clock = createFakeClock();
  const taken = createServer().listen(0, HOST);
  await once(taken, 'listening');
  const listen = { host: HOST, port: (taken.address() as AddressInfo).port };
  const short = createStartPage(listen, clock);
  short.told(50);
  expect(await short.over()).toEqual(listen);
  const long = createStartPage(listen, clock);
  await clock.advance(2000);
  long.told(50);
  expect(await long.over()).toEqual(listen);
  await new Promise((closed) => taken.close(closed));
});

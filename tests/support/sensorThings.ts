import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The newest that a datastream measured; null: nothing yet. */
export interface Measured {
  readonly id: number | string;
  readonly newest: { readonly at: string; readonly result: unknown } | null;
}

/** A service of OGC SensorThings 1.1 that knows one question: its datastreams, each with its newest observation, in pages. */
export interface SensorThings {
  readonly url: string;
  /** Addresses that were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/**
 * @param streams as they are at each question; null: the service fails
 * @param linkTo host that the next page is said to be on; its own when left out
 */
export async function startSensorThings(
  streams: () => readonly Measured[] | null,
  pageSize: number,
  linkTo?: string,
): Promise<SensorThings> {
  const asked: string[] = [];
  let root = '';
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '', root);
    const expand = searchParams.get('$expand') ?? '';
    if (pathname !== '/v1.1/Datastreams' || !/^Observations\(.*\$top=1.*\)$/.test(expand)) {
      response.writeHead(404).end('{"code":404}');
      return;
    }
    const skip = Number(searchParams.get('$skip') ?? 0);
    const all = streams();
    if (all === null) {
      response.writeHead(503).end();
      return;
    }
    searchParams.set('$skip', String(skip + pageSize));
    const link = `${linkTo ?? root}/v1.1/Datastreams?${searchParams}`;
    const value = all.slice(skip, skip + pageSize).map(({ id, newest }) => ({
      '@iot.id': id,
      '@iot.selfLink': `${root}/v1.1/Datastreams(${id})`,
      name: `stream ${id}`,
      Observations: newest === null ? [] : [{ phenomenonTime: newest.at, resultTime: null, result: newest.result }],
    }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...(skip + pageSize < all.length ? { '@iot.nextLink': link } : {}), value }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    url: `${root}/v1.1`,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

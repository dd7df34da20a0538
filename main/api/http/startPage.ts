import { createServer, type Server } from 'node:http';
import type { Clock } from '../../clock.ts';

/** A start that takes longer is told of at the hall's address. */
const LONG_MS = 1000;
const AGAIN_MS = 2000;

/** What is told at the hall's address, in place of its pages, while its start takes long. */
export interface StartPage {
  /** How far the start is, in per cent. */
  told(percent: number): void;
  /** Ends it, and tells where the hall is to listen. */
  over(): Promise<{ host: string; port: number }>;
}

/** Nothing is told of a short start. An address that cannot be had is left to the hall to complain of. */
export function createStartPage(listen: { host: string; port: number }, clock: Pick<Clock, 'monotonic'>): StartPage {
  const began = clock.monotonic();
  let percent = 0;
  let opening: Promise<Server | null> | null = null;
  return {
    told(now) {
      percent = now;
      if (clock.monotonic() - began >= LONG_MS) opening ??= open(listen, () => percent);
    },
    async over() {
      const server = await opening;
      const address = server?.address();
      if (!server || typeof address !== 'object' || address === null) return listen;
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      return { host: listen.host, port: address.port };
    },
  };
}

function open({ host, port }: { host: string; port: number }, percent: () => number): Promise<Server | null> {
  const server = createServer((request, response) => {
    const health = request.url === '/healthz';
    response.writeHead(503, {
      'content-type': health ? 'application/json' : 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': String(AGAIN_MS / 1000),
      'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'",
      connection: 'close',
    });
    response.end(health ? JSON.stringify({ status: 'starting', views: percent() }) : startPage(percent(), AGAIN_MS));
  });
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, host, () => resolve(server));
  });
}

/** A page that says how far a start is. @param again ms after which it is asked for again, for one that nobody else renews */
export function startPage(percent: number, again: number | null): string {
  const renew = again === null ? '' : `<script>setTimeout(() => location.reload(), ${again})</script>`;
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>OpsHall</title><body>
<p>正在启动：由台账重建索引 views.db，已完成 ${percent}%</p>
<p lang="en">Starting: rebuilding views.db from the ledger, ${percent}%</p>${renew}</body></html>`;
}

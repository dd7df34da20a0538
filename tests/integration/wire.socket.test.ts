import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { openWebSocket, type WebSocketLike } from '../../contract/wire/carriers/webSocket.ts';
import { createHttpServer } from '../../main/api/http/server.ts';
import { systemClock } from '../../main/clock.ts';
import { keepLog } from './wire.rig.ts';
import { wireSuite } from './wire.suite.ts';

const TOKEN = 'a-token-of-this-test';

wireSuite('a WebSocket through the HTTP server', async (contract) => {
  const empty = await mkdtemp(join(tmpdir(), 'opshall-wire-'));
  let cables: Socket[] = [];
  const http = await createHttpServer({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    staticDir: empty,
    cityDir: empty,
    contract,
    healthz: () => ({}),
    clock: systemClock(),
    log: keepLog(),
    extraUpgrade(request) {
      cables.push(request.socket);
      return false;
    },
  });
  return {
    connect: () =>
      openWebSocket(
        `ws://127.0.0.1:${http.port}/api`,
        TOKEN,
        (url, protocols) => new WebSocket(url, protocols) as WebSocketLike,
      ),
    cut() {
      for (const cable of cables) cable.destroy();
      cables = [];
    },
    async close() {
      await http.close();
      await rm(empty, { recursive: true });
    },
  };
});

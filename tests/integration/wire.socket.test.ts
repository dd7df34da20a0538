import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openWebSocket, type WebSocketLike } from '../../contract/wire/carriers/webSocket.ts';
import { createHttpServer } from '../../main/api/http/server.ts';
import { systemClock } from '../../main/clock.ts';
import { keepLog } from './wire.rig.ts';
import { wireSuite } from './wire.suite.ts';

const TOKEN = 'a-token-of-this-test';

test('a hall that is not there is an answer, for a socket of Node too, which throws errors that nobody listens to', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const opened = openWebSocket(
    `ws://127.0.0.1:${port}/api`,
    TOKEN,
    (url, protocols) => new WebSocket(url, protocols) as WebSocketLike,
  );
  await expect(opened).rejects.toThrow('was not accepted');
});

wireSuite('a WebSocket through the HTTP server', async (contract) => {
  const empty = await mkdtemp(join(tmpdir(), 'opshall-wire-'));
  let cables: Socket[] = [];
  const http = await createHttpServer({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    integrationToken: 'right-token_2',
    version: '0.0.0-test',
    staticDir: empty,
    cityDir: empty,
    mapDir: empty,
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

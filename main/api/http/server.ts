import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { CloseCode } from '../../../contract/wire/carrier.ts';
import { SUBPROTOCOL } from '../../../contract/wire/frames.ts';
import { WIRE_LIMITS } from '../../../contract/wire/limits.ts';
import { createRareLog } from '../../../contract/wire/rareLog.ts';
import type { ContractServer, WireLog } from '../../../contract/wire/served.ts';
import type { Clock } from '../../clock.ts';
import type { Receiver } from '../../feeds/receiver.ts';
import { createApp } from './app.ts';
import { CannotListen } from './cannotListen.ts';
import { MAX_CONNECTIONS, watchConnections } from './connections.ts';
import { createFiles } from './files.ts';
import { loggedPath, pathOf, type Refusal, refuseForeign, refuseToken } from './guard.ts';
import { refuseSocket } from './refuseSocket.ts';
import { restOf } from './rest/rest.ts';
import { createSystemClients } from './rest/systemClients.ts';
import { securityHeaders } from './securityHeaders.ts';
import { carrySocket } from './socketCarrier.ts';
import { createTurns } from './turns.ts';

export interface HttpServerOptions {
  /** Address to listen on: `127.0.0.1`, or `0.0.0.0` when walls on other PCs are to reach it. */
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** What a window must show to see anything of the hall. Characters of a URL and an HTTP token only. */
  token: string;
  /** What another system must show, which asks over HTTP. */
  integrationToken: string;
  /** Of the hall, as its description for other systems has it. */
  version: string;
  /** The built renderer. */
  staticDir: string;
  /** Map data of the made-up city. */
  cityDir: string;
  /** The hall's own map; need not be there. */
  mapDir: string;
  contract: ContractServer;
  /** What `/healthz` says; nothing secret, it needs no token. */
  healthz: () => object;
  /** The door of a feed whose source posts its messages. */
  receiver?: (feed: string) => Receiver | undefined;
  clock: Clock;
  log: WireLog;
  /** Names, besides loopback and its own addresses, under which the hall may be opened. */
  names?: readonly string[];
  /** Ms a client may take to send its request's headers, and to read or write anything; 10,000 and 30,000 unless told. */
  patience?: { headersMs: number; stillMs: number };
  /** Asked first about every upgrade; true means it has taken the socket, with its own checks. */
  extraUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

/** The hall's HTTP and WebSocket server, listening. */
export interface HttpServer {
  readonly host: string;
  readonly port: number;
  /** Address for a browser on this machine, without the token. */
  readonly url: string;
  /** Connections that are open now. */
  connections(): number;
  /** Ends every connection (WebSockets with 1001) and stops listening. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 1000;
const PATIENCE = { headersMs: 10_000, stillMs: 30_000 };
const FULL: Refusal = { status: 503, message: 'as many windows as this hall bears are open; close one first' };
const FAILED = 'a page request failed';
const CLIENT_ERRORS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/**
 * Serves the page's files to anybody who may reach the hall, the city's map data and the contract to those with the token, and the contract
 * as JSON to systems with the token of theirs.
 * @throws Error when it cannot listen, saying where and what to do
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { token, contract, clock, log } = options;
  const warn = (fields: object, message: string) => log.warn(fields, message);
  const patience = options.patience ?? PATIENCE;
  const names = (options.names ?? []).map((name) => name.toLowerCase());
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: WIRE_LIMITS.windowTextBytes,
    perMessageDeflate: false,
    autoPong: false,
    maxFragments: 1024,
    maxBufferedChunks: 16 * 1024,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: patience.headersMs,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: patience.headersMs / 5,
      requireHostHeader: false,
      // A client that would rather speak HTTP/2 is answered as it is.
      shouldUpgradeCallback: (request) => /^websocket$/i.test(request.headers.upgrade ?? ''),
    },
    (request, response) => turns.take(request, response, () => void serve(request, response)),
  );
  server.setTimeout(patience.stillMs);
  const turns = createTurns();
  const connections = watchConnections(server);
  const rare = createRareLog({ clock });
  const upgraded = new Set<Duplex>();
  const onFault = (error: unknown, request: IncomingMessage) => {
    const path = loggedPath(request);
    rare.say('page', fromOf(request), (fields, words) => log.error(fields, words), { err: error, path }, FAILED);
  };
  const clients = createSystemClients({ contract, clock });
  const app = createApp({
    token,
    integrationToken: options.integrationToken,
    shell: createFiles(options.staticDir, /^\/assets\//),
    city: createFiles(options.cityDir, null),
    map: createFiles(options.mapDir, null),
    healthz: options.healthz,
    receiver: options.receiver ?? (() => undefined),
    rest: restOf({ version: options.version, clients }),
    onKnown: (request) => void connections.keep(request.socket),
    onFault,
  });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const foreign = refuseForeign(request, names);
    const headers = securityHeaders(foreign ? null : (request.headers.host ?? null));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (foreign) {
      const { status, message } = foreign;
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
      response.end(`${message}\n`);
    } else {
      if (request.url === '*') request.url = '/'; // Asked of the hall as a whole; addresses have a path.
      void answer(request, response);
    }
  }

  server.on('upgrade', (request, socket, head) => {
    const from = fromOf(request);
    socket.on('error', (error) => log.debug({ error: error.message, from }, 'a socket failed'));
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    if (options.extraUpgrade?.(request, socket, head)) {
      if (!socket.writableEnded) connections.keep(socket);
      return;
    }
    const refusal = refuseUpgrade(request) ?? (connections.keep(socket) ? null : FULL);
    if (refusal) {
      const { status, message } = refusal;
      rare.say(message, from, warn, { path: loggedPath(request), status, from }, message);
      refuseSocket(clock, socket, refusal);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      const onError = (error: Error) => log.debug({ error: error.message, from }, 'a window’s socket failed');
      contract.attach(carrySocket(accepted, clock, onError), {});
    });
  });

  function refuseUpgrade(request: IncomingMessage): Refusal | null {
    const foreign = refuseForeign(request, names);
    if (foreign) return foreign;
    if (pathOf(request) !== '/api') return { status: 404, message: 'there is no socket here; the contract is at /api' };
    return refuseToken(request, token);
  }

  const crowd = (from: string | undefined) =>
    rare.say('crowd', from ?? '', warn, { limit: MAX_CONNECTIONS, from }, 'ended a connection: too many are open');
  connections.onCrowd(crowd);
  server.on('drop', (dropped) => crowd(dropped?.remoteAddress));
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    // An answer is on its way: a second one in the middle of it would be read as part of it.
    if (!socket.writable || turns.busy(socket as Socket)) socket.destroy();
    else {
      const status = CLIENT_ERRORS[error.code ?? ''] ?? 400;
      refuseSocket(clock, socket, { status, message: 'this is no request that is answered here' });
    }
  });

  const address = await listen();
  server.on('error', (error) => log.error({ err: error }, 'the HTTP server failed'));

  function listen(): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      server.once('error', (cause: Error & { code?: string }) => reject(new CannotListen(options, cause)));
      server.listen(options.port, options.host, () => {
        const bound = server.address();
        if (bound === null || typeof bound === 'string') reject(new Error('the server has no address'));
        else resolve(bound);
      });
    });
  }

  return {
    host: options.host,
    port: address.port,
    url: `http://${localName(options.host)}:${address.port}/`,
    connections: connections.count,
    close() {
      clients.close();
      for (const socket of sockets.clients) socket.close(CloseCode.goingAway, 'the hall is closing');
      return new Promise((resolve) => {
        const cancel = clock.setTimeout(() => {
          for (const socket of upgraded) socket.destroy();
          server.closeAllConnections();
        }, CLOSE_GRACE_MS);
        server.close(() => {
          cancel();
          rare.close();
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

function fromOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? 'somewhere';
}

/** A name for the address that a browser here can open. */
function localName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

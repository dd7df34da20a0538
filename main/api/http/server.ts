import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CloseCode } from '../../../contract/wire/carrier.ts';
import { SUBPROTOCOL } from '../../../contract/wire/frames.ts';
import { WIRE_LIMITS } from '../../../contract/wire/limits.ts';
import { createRareLog } from '../../../contract/wire/rareLog.ts';
import type { ContractServer, WireLog } from '../../../contract/wire/served.ts';
import type { Clock } from '../../clock.ts';
import { CannotListen } from './cannotListen.ts';
import { MAX_CONNECTIONS, watchConnections } from './connections.ts';
import { createFiles } from './files.ts';
import { loggedPath, pathOf, type Refusal, refuseForeign, refuseToken } from './guard.ts';
import { refuseSocket } from './refuseSocket.ts';
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
  /** The built renderer. */
  staticDir: string;
  /** Map data of the city. */
  cityDir: string;
  contract: ContractServer;
  /** What `/healthz` says; nothing secret, it needs no token. */
  healthz: () => object;
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
 * Serves the page's files to anybody who may reach the hall, the city's map data and the contract to those with the token.
 * @throws Error when it cannot listen, saying where and what to do
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { token, contract, clock, log } = options;
  const warn = (fields: object, message: string) => log.warn(fields, message);
  const patience = options.patience ?? PATIENCE;
  const names = (options.names ?? []).map((name) => name.toLowerCase());
  const shell = createFiles(options.staticDir, /^\/assets\//);
  const city = createFiles(options.cityDir, null);
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

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await answer(request, response);
    } catch (error) {
      // Who asked has hung up before all was sent.
      if (response.destroyed) return;
      const path = loggedPath(request);
      rare.say('page', fromOf(request), (fields, words) => log.error(fields, words), { err: error, path }, FAILED);
      if (response.headersSent) response.destroy();
      else say(response, 500, 'the hall could not answer; see its log', securityHeaders(null));
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = refuseForeign(request, names);
    if (foreign) {
      say(response, foreign.status, foreign.message, securityHeaders(null));
      return;
    }
    const headers = securityHeaders(request.headers.host ?? null);
    const path = pathOf(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      say(response, 405, 'only GET is answered here', { ...headers, allow: 'GET, HEAD' });
    } else if (path === '/healthz') {
      const body = JSON.stringify(options.healthz());
      response
        .writeHead(200, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(body);
    } else if (path === '/api' || path.startsWith('/city/')) {
      await answerKnown(request, response, path, headers);
    } else {
      await answerShell(request, response, path, headers);
    }
  }

  /** What only those with the token get. */
  async function answerKnown(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    headers: Record<string, string>,
  ): Promise<void> {
    const refusal = refuseToken(request, token);
    if (!refusal) connections.keep(request.socket);
    if (refusal) say(response, refusal.status, refusal.message, headers);
    else if (path === '/api') say(response, 426, 'connect here with a WebSocket', { ...headers, upgrade: 'websocket' });
    else if (!(await city.serve(request, response, path.slice('/city'.length), headers))) {
      say(response, 404, 'the city has no such file', headers);
    }
  }

  async function answerShell(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    headers: Record<string, string>,
  ): Promise<void> {
    if (path !== '/' && (await shell.serve(request, response, path, headers))) return;
    if (path !== '/' && /\.[^/]*$/.test(path)) say(response, 404, 'no such file', headers);
    else if (!(await shell.serve(request, response, '/index.html', headers))) {
      say(response, 503, 'the pages of OpsHall are not built; run "npm run build" and start it again', headers);
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

function say(response: ServerResponse, status: number, message: string, headers: Record<string, string>): void {
  const authenticate = status === 401 ? { 'www-authenticate': 'Bearer realm="opshall"' } : {};
  response.writeHead(status, {
    ...headers,
    ...authenticate,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${message}\n`);
}

/** A name for the address that a browser here can open. */
function localName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

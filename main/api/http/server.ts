import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CloseCode } from '../../../contract/wire/carrier.ts';
import { SUBPROTOCOL } from '../../../contract/wire/frames.ts';
import { WIRE_LIMITS } from '../../../contract/wire/limits.ts';
import type { ContractServer, WireLog } from '../../../contract/wire/server.ts';
import type { Clock } from '../../clock.ts';
import { createFiles } from './files.ts';
import { type Refusal, refuseForeign, refuseToken } from './guard.ts';
import { securityHeaders } from './securityHeaders.ts';
import { carrySocket } from './socketCarrier.ts';

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
  /** Asked first about every upgrade; true means it has taken the socket, with its own checks. */
  extraUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

/** The hall's HTTP and WebSocket server, listening. */
export interface HttpServer {
  readonly host: string;
  readonly port: number;
  /** Address for a browser on this machine, without the token. */
  readonly url: string;
  /** Ends every connection (WebSockets with 1001) and stops listening. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const CLOSE_GRACE_MS = 1000;
const CLIENT_ERRORS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/**
 * Serves the page's files to anybody who may reach the hall, the city's map data and the contract to those with the token.
 * @throws Error when it cannot listen, saying where and what to do
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { token, contract, clock, log } = options;
  const names = (options.names ?? []).map((name) => name.toLowerCase());
  const shell = createFiles(options.staticDir, /^\/assets\//);
  const city = createFiles(options.cityDir, null);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: WIRE_LIMITS.windowTextBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
      requireHostHeader: false,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ err: error, path: pathOf(request) }, 'a page request failed');
        if (response.headersSent) response.destroy();
        else say(response, 500, 'the hall could not answer; see its log', securityHeaders(null));
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  const upgraded = new Set<Duplex>();

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
    socket.on('error', (error) => log.warn({ err: error, path: pathOf(request) }, 'a socket failed'));
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    if (options.extraUpgrade?.(request, socket, head)) return;
    const refusal = refuseUpgrade(request);
    if (refusal) {
      log.warn({ path: pathOf(request), status: refusal.status, from: request.socket.remoteAddress }, refusal.message);
      refuseSocket(socket, refusal);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      contract.attach(
        carrySocket(accepted, (error) => log.warn({ err: error }, 'a window’s socket failed')),
        {},
      );
    });
  });

  function refuseUpgrade(request: IncomingMessage): Refusal | { status: 404; message: string } | null {
    const foreign = refuseForeign(request, names);
    if (foreign) return foreign;
    if (pathOf(request) !== '/api') return { status: 404, message: 'there is no socket here; the contract is at /api' };
    return refuseToken(request, token);
  }

  server.on('drop', () => log.warn({ limit: MAX_CONNECTIONS }, 'dropped a connection: too many are open'));
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    const status = CLIENT_ERRORS[error.code ?? ''] ?? 400;
    if (socket.writable) socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`);
    else socket.destroy();
  });

  const address = await listen();
  server.on('error', (error) => log.error({ err: error }, 'the HTTP server failed'));

  function listen(): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      server.once('error', (cause: Error & { code?: string }) => {
        const remedy =
          cause.code === 'EADDRINUSE'
            ? 'another program, or another OpsHall, has this port; stop it or choose another port'
            : 'choose another address or port';
        reject(new Error(`cannot listen on ${options.host}:${options.port}: ${remedy}`, { cause }));
      });
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
    close() {
      for (const socket of sockets.clients) socket.close(CloseCode.goingAway, 'the hall is closing');
      return new Promise((resolve) => {
        const cancel = clock.setTimeout(() => {
          for (const socket of upgraded) socket.destroy();
          server.closeAllConnections();
        }, CLOSE_GRACE_MS);
        server.close(() => {
          cancel();
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

/** The path without the query, which may hold a token. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
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

function refuseSocket(socket: Duplex, { status, message }: { status: number; message: string }): void {
  const body = `${message}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n` +
      `x-content-type-options: nosniff\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** A name for the address that a browser here can open. */
function localName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

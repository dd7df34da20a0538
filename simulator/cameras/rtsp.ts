import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { sameSecret } from '../../main/files/sameSecret.ts';
import type { Log } from '../../main/log.ts';
import type { Broadcasts, DrillCamera } from './broadcasts.ts';

/** Bytes of a request, its body among them. */
const MOST_BYTES = 16 * 1024;
/** A client that does not read loses its connection instead of the simulator its memory. */
const UNREAD_BYTES = 4 * 1024 * 1024;
const PATH = /^\/cam\/([A-Za-z0-9._-]{1,64})(?:\/.*)?$/;
const DATA = 0x24;
const METHODS = 'OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN';

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** An answer: its status, and lines of its head; a body where there is one. */
interface Answer {
  readonly status: string;
  readonly head?: readonly string[];
  readonly body?: string;
}

/**
 * Serves cameras over RTSP 1.0 (RFC 2326) on loopback: H.264 in the connection itself, as encoders do behind a firewall.
 *
 * @param options.port 0 for any
 * @param options.camera the camera of an id; null: there is none, or it does not answer
 */
export async function openRtspServer(options: {
  port: number;
  token: string;
  log: Log;
  broadcasts: Pick<Broadcasts, 'ready' | 'join'>;
  camera(id: string): DrillCamera | 'gone' | null;
}): Promise<{ port: number; close(): Promise<void> }> {
  const { token, log, broadcasts } = options;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket).catch((error: unknown) => {
      const ended = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
      if (ended || socket.errored) return; // A client that is gone, or was cut.
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'drill camera server');
      socket.destroy();
    });
  });

  async function serve(socket: Socket): Promise<void> {
    const session = randomBytes(8).toString('hex');
    let camera: DrillCamera | null = null;
    let leave: (() => void) | null = null;
    let playing = false;
    let begun = false;
    socket.setNoDelay(true);
    socket.on('error', () => undefined); // The close that follows is what counts.
    socket.once('close', () => {
      sockets.delete(socket);
      leave?.();
    });

    /** Null: a camera that is gone does not answer. */
    async function answer({ method, url, headers }: Request): Promise<Answer | null> {
      if (method === 'OPTIONS') return { status: '200 OK', head: [`Public: ${METHODS}`] };
      if (method === 'DESCRIBE') {
        const asked = URL.canParse(url) ? new URL(url) : null;
        if (!sameSecret(asked?.searchParams.get('k') ?? '', token)) return { status: '401 Unauthorized' };
        const found = options.camera(PATH.exec(asked?.pathname ?? '')?.[1] ?? '');
        if (found === 'gone') return null;
        if (found === null) return { status: '404 Not Found' };
        if (!broadcasts.ready(found)) return { status: '503 Service Unavailable' };
        camera = found;
        const base = `rtsp://${asked?.host}${asked?.pathname}/`;
        return {
          status: '200 OK',
          head: [`Content-Base: ${base}`, 'Content-Type: application/sdp'],
          body: sdpOf(found),
        };
      }
      if (!METHODS.split(', ').includes(method)) return { status: '501 Not Implemented' };
      if (camera === null) return { status: '454 Session Not Found' };
      const head = [`Session: ${session};timeout=60`];
      if (method === 'SETUP') {
        if (!/RTP\/AVP\/TCP/i.test(headers.get('transport') ?? '')) return { status: '461 Unsupported Transport' };
        return { status: '200 OK', head: [...head, 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'] };
      }
      if (method === 'PLAY' && leave === null) {
        const left = await broadcasts.join(camera, 'rtp', {
          take(packets, joins) {
            begun ||= playing && joins;
            if (!begun || socket.destroyed) return;
            if (socket.writableLength > UNREAD_BYTES) socket.destroy();
            else socket.write(packets);
          },
          cut: () => socket.destroy(),
        });
        if (socket.destroyed) left();
        else leave = left;
      }
      return { status: '200 OK', head };
    }

    let rest = Buffer.alloc(0);
    for await (const chunk of socket) {
      rest = Buffer.concat([rest, chunk]);
      for (let cut = requestIn(rest); cut !== null; cut = requestIn(rest)) {
        rest = rest.subarray(cut.end);
        if (cut.request === null) continue;
        const said = await answer(cut.request);
        if (said === null) {
          socket.destroy();
          return;
        }
        socket.write(written(said, cut.request.headers.get('cseq') ?? '0'));
        playing ||= leave !== null;
        if (cut.request.method === 'TEARDOWN') {
          socket.end();
          return;
        }
      }
      if (rest.length > MOST_BYTES) {
        socket.destroy();
        return;
      }
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The first whole request, or piece of data that a client sends beside them, which is passed over; null: it has not all come. */
function requestIn(bytes: Buffer): { request: Request | null; end: number } | null {
  if (bytes[0] === DATA) {
    const end = bytes.length < 4 ? 4 : 4 + bytes.readUInt16BE(2);
    return bytes.length < end ? null : { request: null, end };
  }
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [first = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = Number(headers.get('content-length') ?? 0);
  const end = headEnd + 4 + (Number.isInteger(body) && body > 0 ? body : 0);
  if (bytes.length < end) return null;
  const [method = '', url = ''] = first.split(' ');
  return { request: { method, url, headers }, end };
}

function written({ status, head = [], body = '' }: Answer, sequence: string): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [`RTSP/1.0 ${status}`, `CSeq: ${sequence}`, ...head, ...length, '', body].join('\r\n');
}

/** One stream of H.264; its parameter sets come in it, before each key picture. */
function sdpOf({ id }: DrillCamera): string {
  const lines = [
    ...['v=0', 'o=- 0 0 IN IP4 127.0.0.1', `s=${id}`, 'c=IN IP4 0.0.0.0', 't=0 0', 'a=control:*'],
    ...['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000', 'a=fmtp:96 packetization-mode=1', 'a=control:video'],
  ];
  return `${lines.join('\r\n')}\r\n`;
}

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { MethodName, Params, QueryName, QueryParams } from '../../../contract/index.ts';
import { type TopicName, topics } from '../../../contract/index.ts';
import { PROTOCOL_VERSION } from '../../../contract/version.ts';
import { BULK_HEADER_BYTES } from '../../../contract/wire/bulkFrame.ts';
import { SUBPROTOCOL } from '../../../contract/wire/frames.ts';
import { ACK_EVERY_BYTES } from '../../../contract/wire/limits.ts';

const PING_MS = 5000;
/** A hall that has not let a window in after this does not. */
const WELCOME_MS = 30_000;

/**
 * A window that reads all it is sent, says so, and keeps none of it: hundreds of them cost what measures them little, so that what is
 * measured is the hall.
 */
export interface RawWindow {
  /** Bytes that came over its connection. */
  readonly bytes: number;
  /** The code with which the hall ended it, undefined while it is open. */
  readonly putOut: number | undefined;
  /** Calls that have no answer, of any kind, yet. */
  readonly unanswered: number;
  follow(...names: readonly TopicName[]): void;
  /** Opens the streams of what sensors say and of the units' positions. */
  followStreams(...names: readonly ('observations' | 'units')[]): void;
  call<M extends MethodName>(method: M, params: Params<M>): void;
  /** Asks for a page of a query. @returns the id of what is answered */
  query<Q extends QueryName>(query: Q, params: QueryParams<Q>): number;
  unquery(id: number): void;
  /** Hears every text frame. */
  onText(listener: (text: string) => void): void;
  /** Hears every payload of a stream. */
  onPayload(listener: (payload: Uint8Array) => void): void;
  close(): void;
}

export const ALL_TOPICS = Object.keys(topics) as TopicName[];

/** Opens a window and waits until it is welcome. */
export async function openRawWindow(hall: { url: string; token: string }, seat: string): Promise<RawWindow> {
  const socket = new WebSocket(`${hall.url.replace('http', 'ws')}/api`, [SUBPROTOCOL, `token.${hall.token}`], {
    ...{ perMessageDeflate: false, handshakeTimeout: WELCOME_MS },
  });
  let tcp: Socket | undefined;
  socket.on('upgrade', (response) => {
    tcp = response.socket;
  });
  const texts = new Set<(text: string) => void>();
  const payloads = new Set<(payload: Uint8Array) => void>();
  const waiting = new Set<number>();
  let read = 0;
  let said = 0;
  let calls = 0;
  let streams = 0;
  let queries = 0;
  let closing = false;
  let putOut: number | undefined;
  const send = (frame: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  let welcomed: () => void;
  const welcome = new Promise<void>((resolve, reject) => {
    welcomed = resolve;
    socket.on('close', (code) => reject(new Error(`the hall did not let a window in (${code})`)));
  });
  socket.on('message', (data: Buffer, binary: boolean) => {
    const text = binary ? null : data.toString('utf8');
    read += text === null ? data.byteLength : text.length;
    if (read - said >= ACK_EVERY_BYTES) {
      said = read;
      send({ t: 'ack', n: read });
    }
    if (text === null) {
      for (const listener of payloads) listener(data.subarray(BULK_HEADER_BYTES));
      return;
    }
    if (text.startsWith('{"t":"welcome"')) welcomed();
    const answered = /^\{"t":"res","id":(\d+),/.exec(text);
    if (answered) waiting.delete(Number(answered[1]));
    for (const listener of texts) listener(text);
  });
  const pings = setInterval(() => send({ t: 'ping', at: performance.now() }), PING_MS);
  socket.on('error', () => undefined);
  socket.on('close', (code) => {
    clearInterval(pings);
    if (!closing) putOut = code;
  });
  welcome.catch(() => undefined); // Of a socket that never opens `once` tells.
  await once(socket, 'open');
  const patience = setTimeout(() => socket.terminate(), WELCOME_MS);
  send({ t: 'hello', protocol: PROTOCOL_VERSION, seat, lang: 'en', client: `bench:${seat}` });
  await welcome.finally(() => clearTimeout(patience));
  return {
    get bytes() {
      return tcp?.bytesRead ?? 0;
    },
    get putOut() {
      return putOut;
    },
    get unanswered() {
      return waiting.size;
    },
    follow(...names) {
      for (const topic of names) send({ t: 'sub', topic });
    },
    followStreams(...names) {
      for (const stream of names) send({ t: 'bulk', id: ++streams, stream, p: {} });
    },
    call(m, p) {
      waiting.add(++calls);
      send({ t: 'req', id: calls, m, p });
    },
    query(q, p) {
      send({ t: 'query', id: ++queries, q, p });
      return queries;
    },
    unquery: (id) => send({ t: 'unquery', id }),
    onText: (listener) => void texts.add(listener),
    onPayload: (listener) => void payloads.add(listener),
    close() {
      closing = true;
      socket.close();
    },
  };
}

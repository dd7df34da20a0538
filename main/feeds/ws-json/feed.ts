import type { RawData } from 'ws';
import { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { toWgs84 } from '../crs.ts';
import type { Delivered, Feed, FeedDirectory, FeedSink } from '../feed.ts';
import { createHealth } from '../health.ts';
import { backoffMs } from '../reconnect.ts';
import { EXCERPT_CHARS, type Rejects } from '../rejects.ts';
import type { WsJsonConfig } from './config.ts';
import { createReader } from './read.ts';
import { MESSAGE_LIMITS } from './schema.ts';

/** What waits while the sink is slow: what the socket had already read when it was told to pause. */
const QUEUE = { messages: 4096, bytes: 8 * 1024 * 1024 } as const;
const TICK_MS = 500;
const HANDSHAKE_MS = 5000;
const NOTHING: Delivered = { slow: false, rejected: 0, late: 0 };

/** What a feed of this protocol is made of. */
export interface WsJsonDeps {
  clock: Clock;
  log: Log;
  directory: FeedDirectory;
  rejects: Rejects;
}

/** Connects to a ws-json source as its client (docs/protocols/ws-json.md). */
export function createWsJsonFeed(config: WsJsonConfig, { clock, log, directory, rejects }: WsJsonDeps): Feed {
  const read = createReader(directory, toWgs84(config.crs));
  const silentAfter = config.silentAfter * 1000;
  const health = createHealth({ id: config.id, name: config.name, clock, silentAfter });
  const queue: Buffer[] = [];
  let queued = 0;
  let sink: FeedSink | null = null;
  let socket: WebSocket | null = null;
  let attempts = 0;
  /** Reasons to wait that hold now. */
  let paused = 0;
  let pinged = false;
  let stopped = false;
  let cancelTick = () => {};
  let cancelRetry = () => {};
  let second = 0;
  let thisSecond = 0;

  const take = (data: Buffer, to: FeedSink): void => {
    if (++thisSecond >= config.maxMessagesPerSecond) pauseUntil(nextSecond());
    const reading = read(data);
    if (!reading.ok) {
      health.refused();
      rejects.add({ source: config.id, ...reading.fault, excerpt: data.toString('utf8', 0, EXCERPT_CHARS * 4) });
      return;
    }
    const { observations, units } = reading.batch;
    const records = observations.length + units.length;
    const taken = records > 0 ? to.push(reading.batch) : NOTHING;
    health.message({
      ...{ seq: reading.seq, sentAt: reading.t, records: records - taken.rejected, late: taken.late },
      rejected: reading.rejected + taken.rejected,
    });
    for (const fault of reading.faults) rejects.add({ source: config.id, ...fault });
    rejects.count(reading.rejected - reading.faults.length);
    attempts = 0;
    if (taken.slow) pauseUntil(to.ready());
  };

  const pauseUntil = (ready: Promise<void>): void => {
    paused++;
    socket?.pause();
    void ready.then(() => {
      if (--paused === 0) resume();
    });
  };

  const resume = (): void => {
    if (stopped || sink === null) return;
    let i = 0;
    for (; i < queue.length && paused === 0; i++) {
      const data = queue[i] as Buffer;
      queued -= data.length;
      roll();
      take(data, sink);
    }
    queue.splice(0, i);
    if (paused === 0) socket?.resume();
  };

  const nextSecond = (): Promise<void> =>
    new Promise((resolve) => clock.setTimeout(resolve, 1000 - (clock.monotonic() % 1000)));

  const roll = (): void => {
    const now = Math.floor(clock.monotonic() / 1000);
    if (now !== second) {
      second = now;
      thisSecond = 0;
    }
  };

  const receive = (raw: RawData, binary: boolean): void => {
    pinged = false;
    const data = Buffer.isBuffer(raw) ? raw : Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw);
    if (binary) {
      health.refused();
      const message = 'a binary message';
      const remedy = 'Send JSON as a text message.';
      rejects.add({
        source: config.id,
        path: '',
        message,
        remedy,
        excerpt: data.toString('hex', 0, EXCERPT_CHARS / 2),
      });
      return;
    }
    roll();
    if (paused === 0 && sink !== null) {
      take(data, sink);
      return;
    }
    queue.push(data);
    queued += data.length;
    while (queue.length > QUEUE.messages || queued > QUEUE.bytes) {
      queued -= queue.shift()?.length ?? 0;
      health.dropped(1);
    }
  };

  const connect = (): void => {
    cancelRetry = () => {};
    const ws = new WebSocket(config.url, {
      handshakeTimeout: HANDSHAKE_MS,
      // Above our own limit, so that a message that is somewhat too long is refused alone and the connection lives on.
      maxPayload: 4 * MESSAGE_LIMITS.bytes,
      perMessageDeflate: false,
      followRedirects: false,
    });
    socket = ws;
    let error = '';
    ws.on('open', () => {
      health.connected();
      pinged = false;
      if (paused > 0) ws.pause();
    });
    ws.on('message', (data, binary) => {
      if (ws === socket) receive(data, binary);
    });
    ws.on('pong', () => {
      pinged = false;
    });
    ws.on('error', (e: Error & { code?: string }) => {
      error = e.code === undefined ? e.message : `${e.code}: ${e.message}`;
      if (e.code?.startsWith('WS_ERR') !== true) return;
      health.refused();
      const message = `broke the WebSocket protocol: ${e.message}`;
      const remedy = `Send valid frames of at most ${4 * MESSAGE_LIMITS.bytes} bytes.`;
      rejects.add({ source: config.id, path: '', message, remedy, excerpt: '' });
    });
    ws.on('close', (code, reason) => {
      if (ws !== socket) return;
      socket = null;
      if (stopped) return;
      retry(error || `the source closed the connection (${code}${reason.length > 0 ? ` ${reason.toString()}` : ''})`);
    });
  };

  const retry = (why: string): void => {
    const wait = backoffMs(attempts, config.id);
    attempts++;
    health.down(why);
    log.warn({ feed: config.id, why, attempts, wait }, 'feed is down');
    cancelRetry = clock.setTimeout(connect, wait);
  };

  /** Says when the feed is silent, and finds out whether a silent connection is a dead one. */
  const tick = (): void => {
    cancelTick = clock.setTimeout(tick, TICK_MS);
    if (paused > 0) return;
    health.tick();
    const quiet = health.quietFor();
    if (quiet === null || quiet < silentAfter || socket === null) return;
    if (!pinged) {
      pinged = true;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    } else if (quiet > 3 * silentAfter) {
      const dead = socket;
      socket = null;
      dead.terminate();
      retry(`no answer for ${Math.round(quiet / 1000)} s`);
    }
  };

  return {
    id: config.id,
    protocol: config.protocol,
    start(to) {
      if (sink !== null) throw new Error(`feed ${config.id} was started before; make a new one`);
      sink = to;
      connect();
      cancelTick = clock.setTimeout(tick, TICK_MS);
    },
    stop() {
      stopped = true;
      cancelTick();
      cancelRetry();
      queue.length = 0;
      const ws = socket;
      socket = null;
      if (ws === null || ws.readyState === WebSocket.CLOSED) return Promise.resolve();
      return new Promise((resolve) => {
        ws.once('close', () => resolve());
        ws.terminate();
      });
    },
    health: () => health.view(),
    onState: (listener) => health.onState(listener),
  };
}

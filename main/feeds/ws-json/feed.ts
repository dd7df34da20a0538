import type { RawData } from 'ws';
import { WebSocket } from 'ws';
import type { FeedFault } from '../../../contract/features/feeds.ts';
import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import { toWgs84 } from '../../../core/places/crs.ts';
import type { Text } from '../../../core/words.ts';
import type { Issue } from '../../config/issue.ts';
import { EXCERPT_CHARS, refuseOf } from '../../rejects/rejects.ts';
import { createBrake, type Wait } from '../brake.ts';
import type { FeedDeps } from '../deps.ts';
import { faultOf } from '../faultOf.ts';
import { type Delivered, type Feed, type FeedSink, NOTHING } from '../feed.ts';
import { createHealth } from '../health.ts';
import { putThrough } from './again.ts';
import type { WsJsonConfig } from './config.ts';
import { createReader } from './read.ts';
import { MESSAGE_LIMITS } from './schema.ts';

/** What waits while the sink is slow: what the socket had already read when it was told to pause. */
const QUEUE = { messages: 4096, bytes: 8 * 1024 * 1024 } as const;
const TICK_MS = 500;
/** Spread by the feed's id: feeds that were lost together do not all come back together. */
const AGAIN = { firstMs: 500, maxMs: 15_000 };
const HANDSHAKE_MS = 5000;
/** A connection that brought messages for so long is dialled anew at once when it is lost. */
const STEADY_MS = 30_000;
const WORK_SHARE = 0.5;
const BINARY: Issue = {
  path: '',
  message: { zh: '是二进制报文', en: 'a binary message' },
  remedy: { zh: '请以文本报文发送 JSON', en: 'Send JSON as a text message.' },
};

/** What came, as the source calls it. */
type Message = { text: Buffer } | { binary: Buffer };

/** Why a connection is gone. */
interface Loss {
  why: Text;
  fault: FeedFault;
}

/** Connects to a ws-json source as its client (docs/protocols/ws-json.md). */
export function createWsJsonFeed(config: WsJsonConfig, deps: FeedDeps): Feed {
  const { clock, log, directory, rejects } = deps;
  const read = createReader(directory, toWgs84(config.crs));
  const from = { door: 'feed', source: config.id } as const;
  const silentAfter = config.silentAfter * 1000;
  const health = createHealth({ id: config.id, name: config.name, clock, silentAfter });
  const brake = createBrake(clock, {
    messagesPerSecond: config.maxMessagesPerSecond,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  const queue: Message[] = [];
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
  /** Since when this connection brings messages, by the monotonic clock. */
  let liveSince: number | null = null;

  const take = (message: Message, to: FeedSink): void => {
    const began = clock.monotonic();
    deps.heard?.('text' in message ? message.text : message.binary, '');
    const taken =
      'text' in message
        ? takeText(message.text, to)
        : refuse(BINARY, message.binary.toString('hex', 0, EXCERPT_CHARS / 2), message.binary);
    const wait = brake.took(clock.monotonic() - began, taken === null);
    if (taken?.slow) pauseUntil(to.ready());
    hold(wait);
  };

  const hold = (wait: Wait | null): void => {
    if (wait === null) return;
    if (wait.because === 'refused') {
      const seconds = wait.ms / 1000;
      health.braked({
        zh: `被拒收的报文过多，暂停读取 ${seconds} 秒`,
        en: `too many refused messages: reading rests for ${seconds} s`,
      });
      log.warn({ feed: config.id, wait: wait.ms }, 'a source sends nothing but what is refused');
    }
    pauseUntil(new Promise((resolve) => clock.setTimeout(resolve, wait.ms)));
  };

  /** Null for a message that was refused as a whole. */
  const takeText = (data: Buffer, to: FeedSink): Delivered | null => {
    const reading = read(data);
    if (!reading.ok) return refuse(reading.fault, data.toString('utf8', 0, EXCERPT_CHARS * 4), data);
    const { observations, units } = reading.batch;
    const records = observations.length + units.length;
    const taken = records > 0 ? to.push(reading.batch) : NOTHING;
    health.message({
      seq: reading.seq,
      sentAt: reading.t,
      records: records - taken.rejected,
      late: taken.late,
      rejected: reading.rejected + taken.rejected,
    });
    const faults = [...reading.faults, ...taken.faults];
    refuseOf(rejects, config.id, { bytes: data }, { faults, count: reading.rejected + taken.rejected });
    liveSince ??= clock.monotonic();
    return taken;
  };

  const refuse = (fault: Issue, excerpt: string, bytes: Buffer): null => {
    health.refused();
    refuseOf(rejects, config.id, { bytes }, { faults: [{ ...fault, excerpt }], count: 1 });
    return null;
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
    health.braked(null);
    let i = 0;
    for (; i < queue.length && paused === 0; i++) {
      const message = queue[i] as Message;
      queued -= sizeOf(message);
      take(message, sink);
    }
    queue.splice(0, i);
    if (paused === 0) socket?.resume();
  };

  const receive = (raw: RawData, binary: boolean): void => {
    pinged = false;
    const data = Buffer.isBuffer(raw) ? raw : Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw);
    const message: Message = binary ? { binary: data } : { text: data };
    if (paused === 0 && sink !== null) {
      take(message, sink);
      return;
    }
    queue.push(message);
    queued += sizeOf(message);
    while (queue.length > QUEUE.messages || queued > QUEUE.bytes) {
      const oldest = queue.shift();
      if (oldest !== undefined) queued -= sizeOf(oldest);
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
      autoPong: false,
    });
    socket = ws;
    let lost: Loss | null = null;
    ws.on('open', () => {
      health.connected();
      liveSince = null;
      pinged = false;
      if (paused > 0) ws.pause();
    });
    ws.on('message', (data, binary) => {
      if (ws === socket) receive(data, binary);
    });
    ws.on('ping', (data) => {
      if (ws !== socket) return;
      if (brake.ping()) ws.pong(data);
      else hold(brake.took(0, true));
    });
    ws.on('pong', () => {
      pinged = false;
    });
    ws.on('error', (e: Error & { code?: string }) => {
      const report = e.code === undefined ? e.message : `${e.code}: ${e.message}`;
      lost = { why: { zh: `系统报告“${report}”`, en: report }, fault: faultOf(e) };
      if (e.code?.startsWith('WS_ERR') !== true) return;
      health.refused();
      const message = {
        zh: `不符合 WebSocket 协议（${e.code}）`,
        en: `broke the WebSocket protocol: ${e.message}`,
      };
      const remedy = {
        zh: `请发送合规的帧，每帧最多 ${4 * MESSAGE_LIMITS.bytes} 字节`,
        en: `Send valid frames of at most ${4 * MESSAGE_LIMITS.bytes} bytes.`,
      };
      rejects.add({ ...from, path: '', message, remedy, excerpt: '' });
    });
    ws.on('close', (code, reason) => {
      if (ws !== socket) return;
      socket = null;
      if (stopped) return;
      const said = `${code}${reason.length > 0 ? ` ${reason.toString()}` : ''}`;
      const why = { zh: `来源断开了连接（${said}）`, en: `the source closed the connection (${said})` };
      retry(lost ?? { why, fault: 'closed' });
    });
  };

  const retry = ({ why, fault }: Loss): void => {
    // A source that says one good message and drops is no better than one that is away: only one that stayed begins anew.
    if (liveSince !== null && clock.monotonic() - liveSince >= STEADY_MS) attempts = 0;
    liveSince = null;
    const wait = backoffMs(AGAIN, attempts, spreadOf(config.id, attempts));
    attempts++;
    health.down(why, fault);
    log.warn({ feed: config.id, why: why.en, attempts, wait }, 'feed is down');
    cancelRetry = clock.setTimeout(connect, wait);
  };

  /** Says when the feed is silent, and finds out whether a silent connection that is read is a dead one. */
  const tick = (): void => {
    cancelTick = clock.setTimeout(tick, TICK_MS);
    health.tick();
    if (paused > 0) return;
    const quiet = health.quietFor();
    if (quiet === null || quiet < silentAfter || socket === null) return;
    if (!pinged) {
      pinged = true;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    } else if (quiet > 3 * silentAfter) {
      const dead = socket;
      socket = null;
      dead.terminate();
      const seconds = Math.round(quiet / 1000);
      retry({ why: { zh: `${seconds} 秒没有应答`, en: `no answer for ${seconds} s` }, fault: 'timeout' });
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
    again: ({ bytes }) => (sink === null || stopped ? null : putThrough(read, sink, bytes)),
    health: () => health.view(),
    onState: (listener) => health.onState(listener),
  };
}

function sizeOf(message: Message): number {
  return 'text' in message ? message.text.length : message.binary.length;
}

import type { Have } from '../../core/ledger/order.ts';
import type { IngestResult } from '../ledger/ledger.ts';
import { createClockOffset } from './clockOffset.ts';
import { readMessage, SYNC_PROTOCOL, type SyncMessage } from './messages.ts';
import { createOutgoing, type EventSource } from './outgoing.ts';

/** Both clocks at one moment, in ms. */
export interface Moment {
  wall: number;
  mono: number;
}

/** What a session wants done. It does nothing by itself: it has no clock, no socket and no disk. */
export type Effect =
  | { do: 'send'; text: string }
  /** Hand these to the ledger, and its answer to `ingested`. */
  | { do: 'ingest'; batch: number; events: readonly unknown[] }
  /** Something that came was not taken: count and keep it. `loud` is false once there are too many to speak of each. */
  | { do: 'reject'; path: string; message: string; excerpt: string; loud: boolean }
  | { do: 'close'; why: CloseReason; message: string };

export type CloseReason = 'protocol' | 'same-name' | 'silent' | 'overrun';

/** One conversation with one peer, from its hello to the end of the connection. */
export interface Session {
  /** Who is at the other end; null before its hello. */
  readonly peer: { station: string; chain: string } | null;
  /** How far the peer holds each chain, as far as it has said. */
  readonly acknowledged: Have;
  /** Chains that the peer refuses to take from us, and why. */
  readonly blocked: ReadonlyMap<string, string>;
  readonly clockOffsetMs: number | null;
  open(now: Moment): Effect[];
  receive(text: string, now: Moment): Effect[];
  ingested(batch: number, result: IngestResult): Effect[];
  /** The ledger could not write: the peer is not answered and sends again. */
  ingestFailed(): void;
  /** There are new durable events. */
  pushed(now: Moment): Effect[];
  /** Called about once a second. */
  beat(now: Moment): Effect[];
}

const HAVE_EVERY = 5000;
const PING_EVERY = 10_000;
const HELLO_EVERY = 2000;
/** A peer that says nothing for this long is gone, whatever its socket believes, in ms. */
const SILENT_AFTER = 25_000;
/** Batches that may wait for our own disk. An honest peer sends four. */
const MAX_INGESTS = 16;
/** `bad` answers in any minute: two faulty peers must not keep each other busy. */
const BAD_A_MINUTE = 20;
const EXCERPT = 500;

export function createSession(station: string, chain: () => string, source: EventSource): Session {
  const outgoing = createOutgoing(source);
  const offset = createClockOffset();
  let peer: { station: string; chain: string } | null = null;
  let heardAt = 0;
  let openedAt = 0;
  let ingesting = 0;
  let bad = { since: 0, count: 0 };
  const sentAt = { hello: 0, have: 0, ping: 0 };

  const send = (message: SyncMessage): Effect => ({ do: 'send', text: JSON.stringify(message) });

  const hello = (now: Moment): Effect => {
    sentAt.hello = now.mono;
    sentAt.have = now.mono;
    return send({
      t: 'hello',
      protocol: SYNC_PROTOCOL,
      station,
      chain: chain(),
      have: source.have(),
      wall: now.wall,
    });
  };

  const ping = (now: Moment): Effect => {
    sentAt.ping = now.mono;
    return send({ t: 'ping', n: offset.ask(now) });
  };

  const push = (now: Moment): Effect[] =>
    peer === null ? [] : outgoing.batches(now.mono).map((text) => ({ do: 'send', text }));

  const refuse = (path: string, message: string, excerpt: string, now: Moment): Effect[] => {
    if (now.mono - bad.since >= 60_000) bad = { since: now.mono, count: 0 };
    const loud = ++bad.count <= BAD_A_MINUTE;
    const rejected: Effect = { do: 'reject', path, message, excerpt: excerpt.slice(0, EXCERPT), loud };
    if (!loud) return [rejected];
    return [rejected, send({ t: 'bad', message: path === '' ? message : `${path}: ${message}` })];
  };

  /** The other side did not take something of ours. It is kept, and not answered: two stations must not complain in a circle. */
  const complaint = (message: string, text: string, now: Moment): Effect[] =>
    refuse('bad', message, text, now).filter((effect) => effect.do === 'reject');

  const greeted = (message: Extract<SyncMessage, { t: 'hello' }>, now: Moment): Effect[] => {
    if (message.protocol !== SYNC_PROTOCOL) {
      const text = `station ${message.station} speaks sync protocol ${message.protocol}, ${station} speaks ${SYNC_PROTOCOL}: install the same version of OpsHall on both`;
      return [send({ t: 'bad', message: text }), { do: 'close', why: 'protocol', message: text }];
    }
    if (message.station === station) {
      const text = `two stations are called "${station}": give one of them another name`;
      return [send({ t: 'bad', message: text }), { do: 'close', why: 'same-name', message: text }];
    }
    if (peer !== null && peer.station !== message.station) {
      return refuse('station', `this was station ${peer.station} a moment ago`, message.station, now);
    }
    const again = peer !== null;
    peer = { station: message.station, chain: message.chain };
    outgoing.learn(message.have);
    // A second hello means that ours was lost on the way.
    const answer = again && now.mono - sentAt.hello >= HELLO_EVERY ? [hello(now)] : [];
    return again ? [...answer, ...push(now)] : [ping(now), ...push(now)];
  };

  const handle = (message: SyncMessage, text: string, now: Moment): Effect[] => {
    if (message.t === 'hello') return greeted(message, now);
    if (message.t === 'bad') return complaint(message.message, text, now);
    // Whoever has not said hello to us, or whose hello was lost, says it again within two seconds.
    if (peer === null) return [];
    switch (message.t) {
      case 'ping':
        return [send({ t: 'pong', n: message.n, wall: now.wall })];
      case 'pong':
        offset.answer(message.n, message.wall, now);
        return [];
      case 'have':
        outgoing.learn(message.have);
        return push(now);
      case 'ack':
        outgoing.answered(message.batch, message.have, message.refused, now.mono);
        return push(now);
      case 'events':
        if (++ingesting > MAX_INGESTS) {
          return [{ do: 'close', why: 'overrun', message: `${peer.station} sends faster than it is answered` }];
        }
        outgoing.learn(shownBy(message.events));
        return [{ do: 'ingest', batch: message.batch, events: message.events }];
    }
  };

  return {
    get peer() {
      return peer;
    },
    acknowledged: outgoing.acknowledged,
    blocked: outgoing.blocked,
    get clockOffsetMs() {
      return offset.ms;
    },
    open(now) {
      openedAt = now.mono;
      heardAt = now.mono;
      return [hello(now)];
    },
    receive(text, now) {
      heardAt = now.mono;
      const message = readMessage(text);
      if ('fault' in message) return refuse(message.path, message.fault, text, now);
      return handle(message, text, now);
    },
    ingested(batch, result) {
      ingesting--;
      const refused = result.refused.slice(0, 20).map(({ id, reason, message }) => ({
        id,
        reason,
        message: message.slice(0, 500),
      }));
      const kept: Effect[] = result.refused
        .filter(({ reason }) => reason !== 'gap')
        .slice(0, 5)
        .map(({ id, reason, message }) => ({
          do: 'reject',
          path: id,
          message: `${reason}: ${message}`,
          excerpt: '',
          loud: true,
        }));
      return [...kept, send({ t: 'ack', batch, have: result.have, refused })];
    },
    ingestFailed() {
      ingesting--;
    },
    pushed: push,
    beat(now) {
      if (now.mono - heardAt >= SILENT_AFTER) {
        const who = peer?.station ?? 'the other side';
        return [{ do: 'close', why: 'silent', message: `${who} said nothing for ${SILENT_AFTER / 1000} s` }];
      }
      if (peer === null) {
        if (now.mono - openedAt >= SILENT_AFTER) {
          return [{ do: 'close', why: 'silent', message: 'the other side did not say which station it is' }];
        }
        return now.mono - sentAt.hello >= HELLO_EVERY ? [hello(now)] : [];
      }
      const effects: Effect[] = [];
      if (now.mono - sentAt.have >= HAVE_EVERY) {
        sentAt.have = now.mono;
        effects.push(send({ t: 'have', have: source.have() }));
      }
      if (now.mono - sentAt.ping >= PING_EVERY) effects.push(ping(now));
      return [...effects, ...push(now)];
    },
  };
}

/** Who sends an event holds its chain up to there: it need not be sent back. */
function shownBy(events: readonly unknown[]): Have {
  const shown = new Map<string, number>();
  for (const event of events) {
    if (typeof event !== 'object' || event === null || !('station' in event) || !('seq' in event)) continue;
    const { station, seq } = event;
    if (typeof station !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq)) continue;
    shown.set(station, Math.max(seq, shown.get(station) ?? 0));
  }
  return Object.fromEntries(shown);
}

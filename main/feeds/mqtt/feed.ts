import { createHmac } from 'node:crypto';
import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import { every } from '../../clock.ts';
import { createBrake } from '../brake.ts';
import { createJsonReader, type JsonDecoded, type JsonMessage } from '../codecs/json-path/reader.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, FeedSink } from '../feed.ts';
import { createHealth } from '../health.ts';
import { nothingOf, UNASKED } from '../outcome.ts';
import { createDelivery } from '../platforms/delivery.ts';
import { type Arrival, type Broker, type OpenBroker, openBroker } from './broker.ts';
import type { MqttConfig } from './config.ts';
import type { Loss } from './reasons.ts';
import { NOT_ASKED, topicRefused, UNDATED, UNREADABLE } from './said.ts';
import { asksFor } from './topics.ts';

const TICK_MS = 500;
/** Spread by the feed's id: feeds that were lost together do not all come back together. */
const AGAIN = { firstMs: 500, maxMs: 15_000 };
/** A connection that held for so long is made anew at once when it is lost. */
const STEADY_MS = 30_000;
const WORK_SHARE = 0.5;

/** A message that waits until the hall can take it, and how the next one is asked for. */
interface Waiting {
  readonly arrival: Arrival;
  readonly done: () => void;
}

/**
 * Takes messages of JSON from an MQTT broker as its client, and publishes nothing (docs/protocols/mqtt.md).
 *
 * Each message is acknowledged when it is in the hall. While the hall is slow, or a brake holds the feed, one waits unacknowledged and the
 * client reads no further: what comes meanwhile waits in the socket, and then at the broker.
 */
export function createMqttFeed(config: MqttConfig, deps: FeedDeps, open: OpenBroker = openBroker): Feed {
  const { clock, log } = deps;
  const { id, devices, password } = config;
  const health = createHealth({ id, name: config.name, clock, silentAfter: config.silentAfter * 1000 });
  const delivery = createDelivery(
    {
      ...{ id, devices, crs: config.crs, secrets: password === undefined ? [] : [password] },
      measures: config.messages.some(({ readings }) => readings.length > 0),
    },
    deps,
    health,
  );
  const { discreet, tellOnce } = delivery;
  const read = createJsonReader({
    ...{ shapes: config.messages, encoding: config.encoding, offsetMinutes: config.zone },
    wanted: delivery.wanted,
  });
  const brake = createBrake(clock, {
    messagesPerSecond: config.maxMessagesPerSecond,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  const asked = asksFor(config.topics);
  let sink: FeedSink | null = null;
  let broker: Broker | null = null;
  let waiting: Waiting | null = null;
  let attempts = 0;
  /** Since when there is a connection, by the monotonic clock. */
  let upSince: number | null = null;
  /** Reasons to wait that hold now. */
  let held = 0;
  let stopped = false;
  let cancelTick = () => {};
  let cancelRetry = () => {};

  const hold = (until: Promise<void>): void => {
    held++;
    void until.then(() => {
      if (--held > 0 || stopped) return;
      health.braked(null);
      const next = waiting;
      waiting = null;
      if (next) take(next);
    });
  };

  const take = ({ arrival, done }: Waiting): void => {
    if (sink === null) return;
    const began = clock.monotonic();
    deps.heard?.(arrival.payload, arrival.topic);
    const decoded = asked(arrival.topic) ? decode(arrival, clock.now()) : null;
    if (decoded === null) tellOnce('topic', NOT_ASKED, arrival.topic);
    const slow = decoded !== null && deliver(decoded, arrival, sink);
    const wait = brake.took(
      clock.monotonic() - began,
      decoded !== null && decoded.refused > 0 && decoded.messages === 0,
    );
    if (slow) hold(sink.ready());
    if (wait) hold(delivery.rest(wait));
    done();
  };

  /** Whatever comes, the hall does not end for it. */
  const decode = (arrival: JsonMessage, now: number): JsonDecoded => {
    try {
      return read(arrival, now);
    } catch (err) {
      log.error({ err, feed: id }, 'a message could not be read');
      const fault = { ...UNREADABLE, excerpt: arrival.topic };
      return { messages: 0, sentAt: null, records: [], replies: [], faults: [fault], refused: 1, undated: 0 };
    }
  };

  const deliver = (decoded: JsonDecoded, arrival: Arrival, to: FeedSink): boolean => {
    if (decoded.undated > 0) tellOnce('undated', UNDATED, arrival.topic);
    const { topic, payload, retained } = arrival;
    return delivery.hand(decoded, to, { topic, retained, bytes: payload }).slow;
  };

  const retry = ({ why, fault }: Loss): void => {
    if (stopped) return;
    // What is not acknowledged comes again, unless it was sent once and for all.
    if (waiting?.arrival.once) health.dropped(1);
    waiting = null;
    delivery.forget();
    // A broker that lets the hall in and drops it is no better than one that is away: only one that kept it begins anew.
    if (upSince !== null && clock.monotonic() - upSince >= STEADY_MS) attempts = 0;
    upSince = null;
    const wait = backoffMs(AGAIN, attempts, spreadOf(id, attempts));
    attempts++;
    const said = { zh: discreet(why.zh), en: discreet(why.en) };
    health.down(said, fault);
    log.warn({ feed: id, why: said.en, attempts, wait }, 'feed is down');
    cancelRetry = clock.setTimeout(() => broker?.connect(), wait);
  };

  return {
    id,
    protocol: config.protocol,
    start(to) {
      if (broker !== null) throw new Error(`feed ${id} was started before; make a new one`);
      sink = to;
      broker = open(config, config.clientId ?? clientIdOf(id, deps.secret()), {
        connected() {
          upSince = clock.monotonic();
          health.connected();
        },
        subscribed(refused) {
          log.info({ feed: id, topics: config.topics.length - refused.length }, 'a feed has subscribed to its topics');
          for (const topic of refused) tellOnce(`refused ${topic}`, topicRefused(topic), topic);
        },
        message(arrival, done) {
          if (held > 0) waiting = { arrival, done };
          else take({ arrival, done });
        },
        lost: retry,
      });
      broker.connect();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    again({ bytes, topic = '', retained = false }, at) {
      if (sink === null) return null;
      if (!asked(topic)) return nothingOf(NOT_ASKED);
      const decoded = decode({ topic, payload: bytes, retained }, at);
      if (decoded.records.length + decoded.refused === 0) return nothingOf(decoded.undated > 0 ? UNDATED : UNASKED);
      return delivery.again(decoded, sink);
    },
    async stop() {
      stopped = true;
      sink = null;
      waiting = null;
      cancelTick();
      cancelRetry();
      await broker?.end();
    },
    health: () => delivery.view(),
    onState: (listener) => health.onState(listener),
  };
}

/**
 * By what a broker knows the hall again: the same at every start, another in every hall, and in letters and digits that any broker takes
 * (MQTT 3.1.1, 3.1.3.1: up to 23).
 */
export function clientIdOf(feed: string, secret: string): string {
  return `opshall${createHmac('sha256', `mqtt ${secret}`).update(feed).digest('hex').slice(0, 16)}`;
}

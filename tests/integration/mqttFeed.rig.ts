import type { MqttClient } from 'mqtt';
import type { FeedHealth } from '../../contract/features/feeds.ts';
import { type Clock, systemClock } from '../../main/clock.ts';
import type { FeedBatch, FeedSink } from '../../main/feeds/feed.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { type MqttBroker, type MqttBrokerOptions, startMqttBroker } from '../support/mqttBroker.ts';
import type { Scratch } from '../support/scratch.ts';
import { until as waitUntil } from '../support/until.ts';

export const T = 1_750_000_000_000;
/** What a hall derives the name from by which a broker knows it. */
export const SECRET = 'of this hall';

const MESSAGES = `messages:
  device: topic[1]
  time: { at: "$.t", form: ms }
  readings: { "*": "$.v.*" }
devices: [{ device: d1, readings: { level: WL-001 } }]
`;

/** A feed's file: the level of WL-001 in the messages of the device d1. @param more lines of it */
export const fileOf = (url: string, more = '', topics = '"city/+/up"') =>
  `id: f\nprotocol: mqtt\nname: { zh: 源, en: Source }\nurl: ${url}\ntopics: [ ${topics} ]\n${more}${MESSAGES}`;

/** A message of d1. */
export const levelOf = (n: number) => JSON.stringify({ t: T + n, v: { level: n } });

export const until = (holds: () => boolean, what: string) => waitUntil(holds, { what, within: 20_000 });

/** The feed of a hall, over what a test has at an address. One hall after another may be opened, of the same secret. */
export function createMqttRig() {
  const logged: string[] = [];
  const batches: FeedBatch[] = [];
  const rejects = createRejects({ clock: systemClock() });
  let feeds: Feeds | null = null;
  let sink: FeedSink = {
    push(batch) {
      batches.push(batch);
      return { slow: false, rejected: 0, late: 0, faults: [] };
    },
    ready: () => Promise.resolve(),
  };
  const log = (fields: object, message: string) => void logged.push(`${JSON.stringify(fields)} ${message}`);
  const health = (): FeedHealth => {
    const [first] = feeds?.health() ?? [];
    if (first === undefined) throw new Error('no feed');
    return first;
  };
  const close = async (): Promise<void> => {
    await feeds?.stop();
    feeds = null;
  };
  return {
    ...{ logged, batches, rejects, health, close },
    /** Closes the hall before, and opens one with a feed of this file. */
    async open(text: string, clock: Clock = systemClock()): Promise<void> {
      await close();
      logged.length = 0;
      feeds = createFeeds({
        ...{ clock, rejects, secret: () => SECRET },
        log: { debug: log, info: log, warn: log, error: log },
        directory: { hasSensor: (id) => id === 'WL-001', hasUnit: () => false },
        sinkOf: () => ({ push: (batch) => sink.push(batch), ready: () => sink.ready() }),
      });
      feeds.add(readFeedConfig('f.yaml', text));
    },
    /** Where batches go from now on. */
    pour(into: FeedSink): void {
      sink = into;
    },
    values: () => batches.flatMap(({ observations }) => observations.map(({ value }) => value)),
    /** The broker has given this hall its topics so many times. */
    subscribed: (times = 1) =>
      until(() => logged.filter((line) => line.includes('subscribed')).length >= times, 'the feed has subscribed'),
    down: () => until(() => health().state === 'down', 'the feed is down'),
  };
}

/** A broker that ends with the test. */
export async function brokerFor(
  scratch: Scratch,
  options: Omit<MqttBrokerOptions, 'folder'> = {},
): Promise<MqttBroker> {
  return scratch.keep(await startMqttBroker({ folder: scratch.folder('broker'), ...options }), (broker) =>
    broker.stop(),
  );
}

/** Whoever publishes at it, until the test ends. */
export async function publisherAt(scratch: Scratch, broker: MqttBroker): Promise<MqttClient> {
  return scratch.keep(await broker.publisher(), (client) => client.endAsync(true));
}

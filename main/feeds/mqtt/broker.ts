import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { JSON_LIMITS } from '../codecs/json-path/json.ts';
import type { MqttConfig } from './config.ts';
import { CLOSED, type Loss, lossOf, lossOfReason, NO_TOPICS, TOO_LONG } from './reasons.ts';

/** Seconds between signs of life; a connection without any for half as long again is lost. */
const KEEP_ALIVE_S = 30;
const CONNECT_MS = 10_000;
/** Messages that a broker may send before the first of them is acknowledged. */
const IN_FLIGHT = 256;
/** Above the limit of a message, so that one that is somewhat too long is refused alone and the connection lives on. */
const PACKET_BYTES = 4 * JSON_LIMITS.bytes;
/** What may come without a packet being whole: beside the packet itself, what was read with it. */
const UNREAD_BYTES = PACKET_BYTES + JSON_LIMITS.bytes;

/** One message as the broker gave it. */
export interface Arrival {
  readonly topic: string;
  readonly payload: Buffer;
  /** It was kept by the broker for whoever subscribes. */
  readonly retained: boolean;
  /** At most once: nobody sends it again. */
  readonly once: boolean;
}

/** Who is told of what becomes of a connection. */
export interface BrokerEars {
  connected(): void;
  /** @param refused topics that the broker does not let the hall have; never all of them. */
  subscribed(refused: readonly string[]): void;
  /**
   * A message, one at a time: the next is only read when `done` was called, and until then the broker counts this one as not delivered.
   * What is not done with when the connection is lost comes again, in a session that is kept.
   */
  message(arrival: Arrival, done: () => void): void;
  /** It is lost, or could not be made: once for each {@link Broker.connect}. */
  lost(loss: Loss): void;
}

/** A broker, and one connection to it at a time. */
export interface Broker {
  connect(): void;
  /** Ends for good; what is not done with stays at the broker. */
  end(): Promise<void>;
}

export type OpenBroker = (config: MqttConfig, clientId: string, ears: BrokerEars) => Broker;

/** A broker over TCP, TLS or WebSocket. When to connect again is the feed's to say. */
export const openBroker: OpenBroker = (config, clientId, ears) => {
  const client = connect(optionsOf(config, clientId));
  let reason: Loss | null = null;
  let over = true;
  let ended = false;

  const lose = (loss: Loss): void => {
    if (over) return;
    over = true;
    if (!ended) ears.lost(reason ?? loss);
  };
  const end = (loss: Loss): void => {
    reason ??= loss;
    client.stream.destroy();
  };

  client.handleMessage = (packet: IPublishPacket, callback) => {
    // Of a connection that is lost: nobody can acknowledge it any more, and it comes again.
    if (packet.qos > 0 && !client.connected) return;
    const { topic, payload, retain, qos } = packet;
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    ears.message({ topic, payload: bytes, retained: retain, once: qos === 0 }, () => callback());
  };
  client.on('connect', () => {
    ears.connected();
    client.subscribe(config.topics, { qos: config.qos }, (error, _asked, packet) => {
      if (over || ended) return;
      if (packet === undefined) {
        end(error ? lossOf(error) : CLOSED);
        return;
      }
      const refused = config.topics.filter((_, i) => (numberOfGrant(packet.granted[i]) & 0x80) !== 0);
      if (refused.length === config.topics.length) end(NO_TOPICS);
      else ears.subscribed(refused);
    });
  });
  // It must close then (MQTT 5, 4.13), and nothing is waited for.
  client.on('disconnect', ({ reasonCode }) => end(lossOfReason(reasonCode ?? 0)));
  client.on('error', (error) => end(lossOf(error)));
  client.on('close', () => lose(CLOSED));

  return {
    connect() {
      over = false;
      reason = null;
      try {
        client.connect();
      } catch (error) {
        lose(lossOf(error instanceof Error ? error : { message: String(error) }));
        return;
      }
      watch(client, end);
    },
    end() {
      ended = true;
      if (client.stream === undefined) return Promise.resolve();
      return new Promise((resolve) => void client.end(true, () => resolve()));
    },
  };
};

/** Errors that the client passes over, as they have no code; and a packet that does not end. */
function watch(client: MqttClient, end: (loss: Loss) => void): void {
  const { stream } = client;
  let unread = 0;
  const whole = () => {
    unread = 0;
  };
  stream.on('error', (error: Error) => end(lossOf(error)));
  stream.on('data', (bytes: Buffer) => {
    unread += bytes.length;
    if (unread > UNREAD_BYTES) end(TOO_LONG);
  });
  client.on('packetreceive', whole);
  stream.on('close', () => client.off('packetreceive', whole));
}

const numberOfGrant = (grant: unknown): number =>
  typeof grant === 'number'
    ? grant
    : typeof grant === 'object' && grant !== null && 'qos' in grant
      ? Number(grant.qos)
      : 0x80;

function optionsOf(config: MqttConfig, clientId: string): IClientOptions {
  const { version, username, password, ca, keepFor } = config;
  const url = new URL(config.url);
  const protocol = url.protocol.slice(0, -1) as 'mqtt' | 'mqtts' | 'ws' | 'wss';
  const overWeb = protocol === 'ws' || protocol === 'wss';
  // In brackets only where it becomes part of an address again.
  const hostname = overWeb ? url.hostname : url.hostname.replace(/^\[|\]$/g, '');
  return {
    ...{ protocol, hostname, clientId },
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(overWeb ? { path: `${url.pathname}${url.search}` } : {}),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    rejectUnauthorized: true,
    clean: keepFor === 0,
    ...(version === 5
      ? {
          protocolVersion: 5,
          properties: { sessionExpiryInterval: keepFor, receiveMaximum: IN_FLIGHT, maximumPacketSize: PACKET_BYTES },
        }
      : { protocolVersion: 4 }),
    ...{ keepalive: KEEP_ALIVE_S, connectTimeout: CONNECT_MS, manualConnect: true },
    // When to connect again, and what to subscribe to then, is said here and nowhere else.
    ...{ reconnectPeriod: 0, resubscribe: false },
    wsOptions: {
      ...{ maxPayload: PACKET_BYTES, perMessageDeflate: false, followRedirects: false },
      handshakeTimeout: CONNECT_MS,
    },
    // What it would write of its packets has the password in it.
    log: () => undefined,
  };
}

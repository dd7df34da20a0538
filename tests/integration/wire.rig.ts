import { ContractError } from '../../contract/errors.ts';
import { contract, type MethodName, methods } from '../../contract/index.ts';
import type { Carrier } from '../../contract/wire/carrier.ts';
import { createHallClient } from '../../contract/wire/client.ts';
import { createTopicCollections, type TopicCollections } from '../../contract/wire/collection.ts';
import type { HallClient, HallClientOptions } from '../../contract/wire/hallClient.ts';
import type { WireLimits } from '../../contract/wire/limits.ts';
import type { BulkSink, ContractServer, Handlers, WireLog } from '../../contract/wire/served.ts';
import { createContractServer } from '../../contract/wire/server.ts';
import { systemClock } from '../../main/clock.ts';
import { trusting } from '../fakes/callers.ts';
import { LIVE_WORLD } from '../fakes/liveWorld.ts';
import { createHandQueries, type HandQueries } from '../fakes/queries.ts';
import { until } from '../support/until.ts';

/** One kind of carrier under test: makes connections to a contract server. */
export interface Line {
  /** A new connection, the server attached at its other end; answers the window's end. */
  connect(): Promise<Carrier>;
  /** Ends all connections as a fault would. */
  cut(): void;
  close(): Promise<void>;
}
export type MakeLine = (server: ContractServer) => Promise<Line>;

/** A window's carrier with a hand on it. */
export interface Tampered {
  carrier: Carrier;
  /** Every message that came to the window. */
  readonly seen: (string | Uint8Array)[];
  /** Answers true for a message that is to be lost. */
  lose: (message: string | Uint8Array) => boolean;
  /** Rewrites texts on their way to the window. */
  rewrite: (text: string) => string;
  /** A hung page: nothing is read until `resume`. */
  pause(): void;
  resume(): void;
}

export function tamper(inner: Carrier): Tampered {
  let paused: (string | Uint8Array)[] | null = null;
  let listener: (message: string | Uint8Array) => void = () => {};
  const deliver = (message: string | Uint8Array) => {
    if (hand.lose(message)) return;
    hand.seen.push(message);
    listener(typeof message === 'string' ? hand.rewrite(message) : message);
  };
  const hand: Tampered = {
    seen: [],
    lose: () => false,
    rewrite: (text) => text,
    carrier: {
      ...inner,
      onMessage(fn) {
        listener = fn;
        inner.onMessage((message) => (paused ? void paused.push(message) : deliver(message)));
      },
    },
    pause() {
      paused = [];
    },
    resume() {
      const kept = paused ?? [];
      paused = null;
      for (const message of kept) deliver(message);
    },
  };
  return hand;
}

/** A log that keeps what it is told. */
export function keepLog(): WireLog & { lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Handlers that are not there, except those given. */
export function handlersWith(given: Partial<Handlers>): Handlers {
  const absent = Object.keys(methods).map((name) => [
    name,
    () => {
      throw new ContractError('unavailable', `${name} is not in this test`);
    },
  ]);
  return { ...(Object.fromEntries(absent) as Record<MethodName, never>), ...given };
}

/** A hall with nothing but its wire, over one kind of carrier. */
export interface Rig {
  readonly server: ContractServer;
  readonly topics: TopicCollections;
  readonly line: Line;
  readonly log: ReturnType<typeof keepLog>;
  /** Sinks of the bulk streams that are open. */
  readonly sinks: BulkSink[];
  /** The queries that windows have open, and what they are told. */
  readonly queries: HandQueries;
  /** A connected window and the hand on its newest carrier. */
  open(options?: Partial<HallClientOptions>): Promise<{ client: HallClient; hand(): Tampered }>;
  close(): Promise<void>;
}

export async function createRig(
  makeLine: MakeLine,
  given: { handlers?: Partial<Handlers>; limits?: Partial<WireLimits> } = {},
): Promise<Rig> {
  const clock = systemClock();
  const log = keepLog();
  const topics = createTopicCollections({ validate: true });
  const sinks: BulkSink[] = [];
  const queries = createHandQueries();
  const source = (_params: unknown, _caller: unknown, sink: BulkSink) => {
    sinks.push(sink);
    return () => void sinks.splice(sinks.indexOf(sink), 1);
  };
  const server = createContractServer({
    contract,
    handlers: handlersWith(given.handlers ?? {}),
    topics,
    queries,
    bulk: { units: source, unit: source, observations: source, video: source, wall: source },
    welcome: { station: 'S1', run: 'r1', version: '0.1.0', simulated: true, world: LIVE_WORLD },
    clock,
    log,
    admit: trusting,
    ...(given.limits ? { limits: given.limits } : {}),
  });
  const line = await makeLine(server);
  const clients: HallClient[] = [];
  return {
    server,
    topics,
    line,
    log,
    sinks,
    queries,
    async open(options = {}) {
      let hand: Tampered | null = null;
      const client = createHallClient({
        async connect() {
          hand = tamper(await line.connect());
          return hand.carrier;
        },
        hello: { seat: 'a1', lang: 'zh-CN', client: 'test' },
        clock,
        backoff: { firstMs: 5, maxMs: 20 },
        lingerMs: 0,
        ...options,
      });
      clients.push(client);
      await until(() => client.connection().state !== 'connecting');
      return {
        client,
        hand() {
          if (!hand) throw new Error('not connected yet');
          return hand;
        },
      };
    },
    async close() {
      for (const client of clients) client.close();
      server.close();
      await line.close();
    },
  };
}

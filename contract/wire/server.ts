import type { z } from 'zod';
import { ContractError, firstIssue, type WireError } from '../errors.ts';
import { type MethodName, type Methods, methods, type Result } from '../methods.ts';
import type { BulkName, TopicName } from '../topics.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import type { Carrier } from './carrier.ts';
import { CloseCode } from './carrier.ts';
import type { WireClock } from './clock.ts';
import type { TopicCollections } from './collection.ts';
import type { HelloFrame, Welcome } from './frames.ts';
import { WIRE_LIMITS, type WireLimits } from './limits.ts';
import type { Lane } from './longCalls.ts';
import { createRareLog, type RareLog } from './rareLog.ts';
import { createSession, type Session } from './session.ts';

/** Who calls: what the window said in its hello, or what the host that attached it knows better. */
export interface Caller {
  readonly seat: string;
  /** Which window: `situation`, `wall:north`. */
  readonly client: string;
  readonly lang: HelloFrame['lang'];
  /** It is the desktop shell itself. Only whoever attaches the carrier can say so. */
  readonly shell?: true;
}

/** What a handler is given: the params of its method, parsed. */
export type HandlerParams<M extends MethodName> = z.output<Methods[M]['params']>;

/** One handler for every method of the contract. */
export type Handlers = {
  [M in MethodName]: (params: HandlerParams<M>, caller: Caller) => Result<M> | Promise<Result<M>>;
};

/** Where a bulk source puts its payloads. */
export interface BulkSink {
  /**
   * Sends a payload, or keeps it as the newest while the window is behind, or drops it.
   * @param key the payload can be used without any before it
   * @returns false when this payload was dropped
   */
  push(payload: Uint8Array, key: boolean): boolean;
  /** Whether a payload that leans on others would be sent now. */
  room(): boolean;
  /** Payloads dropped so far, replaced ones included. */
  dropped(): number;
  /** Ends the stream from the hall's side, with the reason when it is not an ordinary end. */
  end(error?: ContractError): void;
}

/**
 * Starts a bulk stream for one window and answers how to stop it.
 * Params are as the window sent them: the source parses them and throws ContractError 'bad-request'.
 */
export type BulkSource = (params: unknown, caller: Caller, sink: BulkSink) => (() => void) | Promise<() => void>;
export type BulkSources = { readonly [B in BulkName]: BulkSource };

/** The part of a logger the wire uses; pino's fits. */
export interface WireLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ContractServerOptions {
  handlers: Handlers;
  topics: TopicCollections;
  bulk: BulkSources;
  /** How the hall introduces itself; protocol and clocks are added. */
  welcome: Pick<Welcome, 'station' | 'version' | 'profile'>;
  clock: WireClock;
  log: WireLog;
  limits?: Partial<WireLimits>;
}

/** A frame that was refused. */
export interface FrameReject {
  readonly at: number;
  readonly client: string;
  readonly error: WireError;
  /** The first 500 characters of what came. */
  readonly excerpt: string;
}

/** Counts since the hall started. */
export interface WireStats {
  sessions: number;
  requests: number;
  failed: number;
  /** Requests over a limit. */
  limited: number;
  rejected: number;
  /** Deltas not sent to a window that was behind; a snapshot followed. */
  deltasSkipped: number;
  bulkSent: number;
  bulkDropped: number;
}

export interface ContractServer {
  /** Serves the contract to whoever is at the other end. `known` overrides what the window's hello says of it. */
  attach(carrier: Carrier, known?: Partial<Caller>): void;
  stats(): Readonly<WireStats>;
  /** The last frames that were refused, newest last, at most 100. */
  rejects(): readonly FrameReject[];
  /** Callers connected at present. */
  callers(): Caller[];
  /** Ends every session and takes no more. */
  close(): void;
}

/** What all sessions share. */
export interface Shared {
  readonly options: ContractServerOptions;
  readonly limits: WireLimits;
  readonly stats: WireStats;
  welcome(): Welcome;
  call(method: string, params: unknown, caller: Caller): Promise<unknown>;
  reject(reject: FrameReject): void;
  subscribe(topic: string, session: Session): void;
  unsubscribe(topic: string, session: Session): void;
  gone(session: Session): void;
  reference(cause: unknown, what: string): ContractError;
  /** For what windows can cause to be logged. */
  readonly rare: RareLog;
  /** Long calls of all windows share one lane, so that they never take the whole of the hall's thread. */
  readonly lane: Lane;
  /** Looks whether all windows together, this one among them, have too much unread. */
  weigh(session: Session): void;
}

const REFUSED = 'refused a frame';
const MAX_REJECTS = 100;
/** A fault within so many ms of one just like it goes by the same reference. */
const SAME_FAULT_MS = 60_000;
const MAX_REFERENCES = 256;
/** Below so many unread bytes a window is not what fills the memory. */
const LIGHT_BYTES = 512 * 1024;

/** Serves the contract's methods, topics and bulk streams to any number of windows over any carriers. */
export function createContractServer(options: ContractServerOptions): ContractServer {
  const { handlers, topics, clock, log } = options;
  const limits: WireLimits = { ...WIRE_LIMITS, ...options.limits };
  const sessions = new Set<Session>();
  const followers = new Map<TopicName, Set<Session>>();
  const rejects: FrameReject[] = [];
  const releases: (() => void)[] = [];
  const references = new Map<string, { reference: string; at: number }>();
  const rare = createRareLog({ clock });
  let faults = 0;
  let closed = false;
  const stats: WireStats = {
    sessions: 0,
    requests: 0,
    failed: 0,
    limited: 0,
    rejected: 0,
    deltasSkipped: 0,
    bulkSent: 0,
    bulkDropped: 0,
  };

  for (const topic of Object.keys(topics) as TopicName[]) {
    const set = new Set<Session>();
    followers.set(topic, set);
    releases.push(
      topics[topic].onDelta(({ body }) => {
        if (set.size === 0) return;
        const frame = `{"t":"delta","topic":"${topic}",${body}}`;
        for (const session of [...set]) session.delta(topic, frame);
      }),
      topics[topic].onFault((error) => log.error({ topic, error: error.toWire() }, 'an item of a topic was left out')),
    );
  }

  function followersOf(topic: string): Set<Session> {
    const set = followers.get(topic as TopicName);
    if (!set)
      throw new ContractError('not-found', `no topic "${topic}"; the topics are ${[...followers.keys()].join(', ')}`);
    return set;
  }

  function referenceOf(fault: string, what: string): string {
    const now = clock.monotonic();
    if (references.size >= MAX_REFERENCES)
      for (const [key, { at }] of references) if (now - at > SAME_FAULT_MS) references.delete(key);
    const key = references.size >= MAX_REFERENCES && !references.has(fault) ? what : fault;
    const known = references.get(key);
    if (known && now - known.at <= SAME_FAULT_MS) return known.reference;
    const reference = `${Math.floor(clock.now() / 1000).toString(36)}-${++faults}`;
    references.set(key, { reference, at: now });
    return reference;
  }

  const shared: Shared = {
    options,
    limits,
    stats,
    welcome: () => ({ protocol: PROTOCOL_VERSION, ...options.welcome, wallTime: clock.now(), now: clock.monotonic() }),
    call: (method, params, caller) => callHandler(handlers, method, params, caller),
    reject(reject) {
      stats.rejected++;
      rejects.push(reject);
      if (rejects.length > MAX_REJECTS) rejects.shift();
      const { client, error } = reject;
      rare.say(`frame ${error.code}`, client, (fields, words) => log.warn(fields, words), { client, error }, REFUSED);
    },
    subscribe: (topic, session) => void followersOf(topic).add(session),
    unsubscribe: (topic, session) => void followersOf(topic).delete(session),
    gone(session) {
      sessions.delete(session);
      stats.sessions = sessions.size;
      for (const set of followers.values()) set.delete(session);
    },
    rare,
    lane: { freeAt: 0 },
    reference(cause, what) {
      const from = (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
      const reference = referenceOf(`${what}\n${from}`, what);
      const fields = { err: cause, reference };
      rare.say(what, from, (facts, words) => log.error(facts, words), fields, `${what} failed`);
      return new ContractError('internal', `${what} failed in the hall; reference ${reference} in its log`);
    },
    weigh(session) {
      if (session.unread() <= LIGHT_BYTES) return;
      let total = 0;
      let worst = session;
      for (const each of sessions) {
        const unread = each.unread();
        total += unread;
        if (unread > worst.unread()) worst = each;
      }
      if (total > limits.totalUnread) worst.putOut();
    },
  };

  return {
    attach(carrier, known = {}) {
      if (closed) {
        carrier.close(CloseCode.goingAway, 'the hall is closing');
        return;
      }
      sessions.add(createSession(carrier, known, shared));
      stats.sessions = sessions.size;
    },
    stats: () => stats,
    rejects: () => rejects,
    callers: () => [...sessions].flatMap((session) => session.caller() ?? []),
    close() {
      closed = true;
      rare.close();
      for (const release of releases) release();
      for (const session of [...sessions]) session.close(CloseCode.goingAway, 'the hall is closing');
    },
  };
}

/**
 * Parses the params, runs the handler, parses its answer.
 * @throws ContractError for a call or an answer that breaks its schema; whatever the handler throws otherwise
 */
async function callHandler(handlers: Handlers, name: string, params: unknown, caller: Caller): Promise<unknown> {
  if (!isMethod(name)) throw new ContractError('not-found', `no method "${name}"; reload this window`);
  const method = methods[name];
  const read = method.params.safeParse(params ?? {});
  if (!read.success) {
    const { field, message } = firstIssue(read.error);
    throw new ContractError('bad-request', `${name}: ${field || 'params'}: ${message}`, { field });
  }
  // The name ties handler and params together; the compiler cannot follow it through the union.
  const handler = handlers[name] as (params: unknown, caller: Caller) => unknown;
  const answer = await handler(read.data, caller);
  const result = method.result.safeParse(answer);
  if (result.success) return result.data;
  const { field, message } = firstIssue(result.error);
  throw new ContractError(
    'bad-response',
    `${name}: the hall's answer is broken at ${field || 'its root'}: ${message}`,
    { field },
  );
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

import type { Right } from '../../core/people/right.ts';
import type { Contract } from '../define.ts';
import { ContractError, firstIssue } from '../errors.ts';
import type { MethodName, TopicName } from '../index.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import { type Answers, createAnswers } from './answers.ts';
import { createBulkFrames } from './bulkFrames.ts';
import { CloseCode } from './carrier.ts';
import { WIRE_LIMITS, type WireLimits } from './limits.ts';
import { createRareLog } from './rareLog.ts';
import { needRight } from './rights.ts';
import type {
  Caller,
  ContractServer,
  ContractServerOptions,
  FrameReject,
  Handlers,
  Session,
  Shared,
  WireStats,
} from './served.ts';
import { createSession } from './session.ts';
import type { SharedText } from './sharedText.ts';
import { deltaFrame } from './snapshots.ts';

const REFUSED = 'refused a frame';
const FORBIDDEN = 'refused what a seat has no right to';
const MAX_REJECTS = 100;
/** A fault within so many ms of one just like it goes by the same reference. */
const SAME_FAULT_MS = 60_000;
const MAX_REFERENCES = 256;
/** Below so many unread bytes a window is not what fills the memory. */
const LIGHT_BYTES = 512 * 1024;

/** Who follows a topic, and the right that it takes. */
interface Followers {
  readonly right: Right;
  readonly sessions: Set<Session>;
}

/** Serves a contract's methods, queries, topics and streams to any number of windows over any carriers. */
export function createContractServer(options: ContractServerOptions): ContractServer {
  const { contract, handlers, topics, clock, log } = options;
  const limits: WireLimits = { ...WIRE_LIMITS, ...options.limits };
  const sessions = new Set<Session>();
  const followers = new Map<string, Followers>();
  const rejects: FrameReject[] = [];
  const releases: (() => void)[] = [];
  const references = new Map<string, { reference: string; at: number }>();
  const rare = createRareLog({ clock });
  const answers = createAnswers();
  let faults = 0;
  let closed = false;
  const stats: WireStats = {
    sessions: 0,
    requests: 0,
    failed: 0,
    limited: 0,
    rejected: 0,
    forbidden: 0,
    deltasSkipped: 0,
    pagesSent: 0,
    bulkSent: 0,
    bulkDropped: 0,
  };

  /** How to stop listening to each topic that somebody follows: for one that nobody follows nothing is worked out. */
  const followed = new Map<string, () => void>();

  for (const [topic, { right }] of Object.entries(contract.topics)) {
    followers.set(topic, { right, sessions: new Set() });
    releases.push(
      topics[topic as TopicName].onFault((error) =>
        log.error({ topic, error: error.toWire() }, 'an item of a topic was left out'),
      ),
    );
  }

  function followersOf(topic: string): Followers {
    const found = followers.get(topic);
    if (!found)
      throw new ContractError('not-found', `no topic "${topic}"; the topics are ${[...followers.keys()].join(', ')}`);
    return found;
  }

  function follow(topic: TopicName, set: Set<Session>, session: Session): void {
    set.add(session);
    if (followed.has(topic)) return;
    const stop = topics[topic].onDelta((delta) => {
      const frame = deltaFrame(topic, delta);
      for (const each of [...set]) each.delta(topic, delta.version, frame);
    });
    followed.set(topic, stop);
  }

  function leave(topic: string, set: Set<Session>, session: Session): void {
    if (!set.delete(session) || set.size > 0) return;
    followed.get(topic)?.();
    followed.delete(topic);
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
    call: (method, params, caller) => callHandler({ contract, handlers, answers }, method, params, caller),
    reject(reject) {
      const forbidden = reject.error.code === 'forbidden';
      rejects.push({ n: stats.rejected++, ...reject });
      if (forbidden) stats.forbidden++;
      if (rejects.length > MAX_REJECTS) rejects.shift();
      const { client, error } = reject;
      const words = forbidden ? FORBIDDEN : REFUSED;
      rare.say(`frame ${error.code}`, client ?? '', (fields, said) => log.warn(fields, said), { client, error }, words);
    },
    subscribe(topic, session, caller) {
      const { right, sessions } = followersOf(topic);
      needRight(caller, right);
      follow(topic as TopicName, sessions, session);
    },
    unsubscribe: (topic, session) => leave(topic, followersOf(topic).sessions, session),
    gone(session) {
      sessions.delete(session);
      stats.sessions = sessions.size;
      for (const [topic, of] of followers) leave(topic, of.sessions, session);
    },
    rare,
    frames: createBulkFrames(),
    lane: { freeAt: 0 },
    reference(cause, what) {
      const from = (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
      const reference = referenceOf(`${what}\n${from}`, what);
      const fields = { err: cause, reference };
      rare.say(what, from, (facts, words) => log.error(facts, words), fields, `${what} failed`);
      const en = `${what} failed in the hall; reference ${reference} in its log`;
      return new ContractError('internal', en, { text: { zh: `大厅服务出了故障，日志编号 ${reference}`, en } });
    },
    share: () => Math.min(limits.topicUnread, limits.totalUnread / 4 / sessions.size),
    weigh(session) {
      if (session.weight() <= LIGHT_BYTES) return;
      let total = 0;
      let worst = session;
      for (const each of sessions) {
        const weight = each.weight();
        total += weight;
        if (weight > worst.weight()) worst = each;
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
    callers: () =>
      [...sessions].flatMap((session) => {
        const caller = session.caller();
        return caller ? [{ seat: caller.seat, client: caller.client, lang: caller.lang }] : [];
      }),
    close() {
      closed = true;
      rare.close();
      for (const release of releases) release();
      for (const session of [...sessions]) session.close(CloseCode.goingAway, 'the hall is closing');
    },
  };
}

/**
 * Looks whether the caller has the right, before anything else; parses the params, runs the handler, parses its answer.
 *
 * @returns the answer as JSON
 * @throws ContractError 'forbidden' without the right; for a call or an answer that breaks its schema; whatever the handler throws otherwise
 */
async function callHandler(
  { contract: { methods }, handlers, answers }: { contract: Contract; handlers: Handlers; answers: Answers },
  name: string,
  params: unknown,
  caller: Caller,
): Promise<SharedText> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new ContractError('not-found', `no method "${name}"; reload this window`);
  needRight(caller, method.right);
  const read = method.params.safeParse(params ?? {});
  if (!read.success) {
    const { field, message } = firstIssue(read.error);
    throw new ContractError('bad-request', `${name}: ${field || 'params'}: ${message}`, { field });
  }
  // The name ties handler and params together; the compiler cannot follow it through the union.
  const handler = handlers[name as MethodName] as (params: unknown, caller: Caller) => unknown;
  return answers.json(await handler(read.data, caller), (answer) => {
    const result = method.result.safeParse(answer);
    if (result.success) return result.data;
    const { field, message } = firstIssue(result.error);
    throw new ContractError(
      'bad-response',
      `${name}: the hall's answer is broken at ${field || 'its root'}: ${message}`,
      { field },
    );
  });
}

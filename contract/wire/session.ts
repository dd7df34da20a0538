import { ContractError } from '../errors.ts';
import type { TopicName } from '../index.ts';
import { seatRefusal } from '../schema/seat.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import type { BulkFrameOut } from './bulkFrames.ts';
import { createBulkOutlet } from './bulkOutlet.ts';
import { type Carrier, CloseCode } from './carrier.ts';
import { type HelloFrame, readFrame, WindowFrame } from './frames.ts';
import { handOn } from './handOn.ts';
import { createQueryOutlet } from './queryOutlet.ts';
import { createRate } from './rate.ts';
import { createRequests } from './requests.ts';
import type { Caller, Known, Session, Shared } from './served.ts';
import { type AroundShared, wholeText } from './sharedText.ts';
import { createSnapshots } from './snapshots.ts';
import { createUnread } from './unread.ts';

/** Milliseconds between looks at a window that is behind, besides each word from it. */
const DRAIN_MS = 25;

/** Speaks the protocol with the window at the other end of a carrier. */
export function createSession(carrier: Carrier, known: Known, shared: Shared): Session {
  const { limits, stats } = shared;
  const { clock, topics, bulk, log } = shared.options;
  const frames = createRate(clock, limits.framesPerSecond);
  let caller: Caller | null = null;
  let bad = 0;
  /** Size of the largest bulk payload: one may be on its way however large it is. */
  let payload = 0;
  const way = createUnread(clock, limits.bulkUnread);
  let readOn = clock.monotonic();
  let ended = false;
  /** Takes what comes, once the window was handed to the world that it named. */
  let onward: ((message: string | Uint8Array) => void) | null = null;
  let lastHeard = clock.monotonic();
  let cancelDrain: (() => void) | null = null;
  let cancelIdle = clock.setTimeout(() => close(CloseCode.silent, 'no hello came'), limits.helloMs);

  /** Bytes on their way: not on the wire yet, or not read by the window yet. */
  const unread = () => Math.max(carrier.buffered(), way.end - way.readTo);

  function send(message: string | AroundShared | BulkFrameOut): void {
    if (ended) return;
    if (typeof message === 'string') {
      way.sent(message.length);
      carrier.send(message);
    } else if ('shared' in message) {
      way.sent(message.head.length + message.shared.text.length + message.tail.length);
      if (carrier.sendShared) carrier.sendShared(message);
      else carrier.send(wholeText(message));
    } else {
      const size = message.bytes.byteLength;
      way.sent(size, message);
      payload = Math.max(payload, size);
      carrier.send(message.bytes);
    }
    if (unread() > limits.hardUnread + payload) putOut();
    else shared.weigh(session);
  }

  function putOut(): void {
    shared.rare.say(
      'does not read',
      caller?.client ?? '',
      (fields, words) => log.warn(fields, words),
      { client: caller?.client, unread: unread() },
      'put a window out: it does not read',
    );
    close(CloseCode.tooSlow, 'the window does not read what it asked for');
  }

  // Streams never keep a window from what it cannot do without: they keep to the same share, and are not counted.
  const mayRead = () => !ended && unread() - way.bulk() <= shared.share();
  const mayStream = () => !ended && unread() <= Math.min(way.allowance(), shared.share());
  const outlet = createBulkOutlet({ sources: bulk, shared, send, mayStream, wait: drainLater, forbidden: keep });
  const queries = createQueryOutlet({ shared, send, mayRead, wait: drainLater, forbidden: keep });
  const snapshots = createSnapshots({ topics, stats, send, mayRead, wait: drainLater });
  const requests = createRequests({ shared, send, mayRun: mayRead, wait: drainLater, forbidden: keep });

  function drainLater(): void {
    if (cancelDrain || ended) return;
    cancelDrain = clock.setTimeout(() => {
      cancelDrain = null;
      drain();
    }, DRAIN_MS);
  }

  function drain(): void {
    if (ended) return;
    const now = clock.monotonic();
    if (mayStream()) readOn = now;
    else if (now - readOn > limits.stalledMs) {
      putOut();
      return;
    }
    snapshots.drain();
    queries.drain();
    requests.drain();
    outlet.drain();
    if (waiting()) drainLater();
  }

  const waiting = () => snapshots.waiting() || queries.waiting() || requests.waiting() || outlet.waiting();

  function fail(error: ContractError): void {
    send(JSON.stringify({ t: 'err', e: error.toWire() }));
  }

  function keep(error: ContractError, excerpt: string): void {
    if (error.code === 'forbidden' && caller)
      shared.options.onForbidden?.(caller, excerpt.slice(0, 100), error.message);
    shared.reject({
      at: clock.now(),
      client: caller?.client ?? null,
      ...{ error: error.toWire(), text: error.text ?? null },
      excerpt: excerpt.slice(0, 500),
    });
  }

  function refuse(error: ContractError, excerpt: string): void {
    keep(error, excerpt);
    fail(error);
    if (error.code !== 'forbidden' && ++bad >= limits.badFrames) close(CloseCode.badFrames, 'too many broken frames');
  }

  function hello(frame: HelloFrame): void {
    if (caller) throw new ContractError('bad-request', 'hello was said already');
    if (frame.protocol !== PROTOCOL_VERSION) {
      const newer = frame.protocol > PROTOCOL_VERSION;
      fail(
        new ContractError(
          'protocol-mismatch',
          `this window speaks protocol ${frame.protocol}, the hall ${PROTOCOL_VERSION}; ${
            newer
              ? 'update the hall to the version of this window'
              : 'reload this window, or update OpsHall on this machine'
          }`,
        ),
      );
      close(CloseCode.protocolMismatch, 'protocol-mismatch');
      return;
    }
    if (frame.world !== shared.options.welcome.world.id) {
      leave(frame);
      return;
    }
    const refusal = known.seat === undefined ? seatRefusal(frame.seat, frame.lang) : null;
    if (refusal !== null) {
      fail(new ContractError('refused', refusal, { field: 'seat' }));
      close(CloseCode.badSeat, 'seat');
      return;
    }
    const principal = shared.options.admit(known.seat ?? frame.seat, known.via ?? 'window');
    caller = Object.freeze({ ...principal, client: known.client ?? frame.client, lang: frame.lang });
    cancelIdle();
    watchIdle(limits.idleMs);
    send(JSON.stringify({ t: 'welcome', ...shared.welcome() }));
  }

  /** The window names another world. */
  function leave(frame: HelloFrame): void {
    const other = shared.options.elsewhere?.(frame.world) ?? null;
    if (other === null) {
      fail(new ContractError('no-world', `there is no world ${frame.world} here now`, { field: 'world' }));
      close(CloseCode.noWorld, 'world');
      return;
    }
    end();
    onward = handOn(carrier, other, JSON.stringify(frame), known);
  }

  function watchIdle(ms: number): void {
    cancelIdle = clock.setTimeout(() => {
      const left = lastHeard + limits.idleMs - clock.monotonic();
      if (left <= 0) close(CloseCode.silent, 'nothing came from the window');
      else watchIdle(left);
    }, ms);
  }

  function handle(frame: WindowFrame, chars: number): void {
    if (frame.t === 'hello') {
      hello(frame);
      return;
    }
    if (!caller) throw new ContractError('bad-request', `${frame.t} came before hello`);
    switch (frame.t) {
      case 'req':
        requests.take(frame.id, frame.m, frame.p, caller);
        break;
      case 'sub': {
        shared.subscribe(frame.topic, session, caller);
        const { since } = frame;
        snapshots.want(frame.topic as TopicName, since?.run === shared.options.welcome.run ? since.v : null);
        drain();
        break;
      }
      case 'unsub': {
        shared.unsubscribe(frame.topic, session);
        snapshots.forget(frame.topic as TopicName);
        break;
      }
      case 'bulk':
        outlet.open(frame.id, frame.stream, frame.p, caller);
        break;
      case 'unbulk':
        outlet.stop(frame.id);
        break;
      case 'query':
        queries.open(frame.id, frame.q, frame.p, chars, caller);
        break;
      case 'unquery':
        queries.stop(frame.id);
        break;
      case 'ack':
        if (frame.n > way.end || frame.n < way.readTo)
          throw new ContractError('bad-request', `ack of ${frame.n}, ${way.end} were sent`);
        if (frame.n > way.readTo) readOn = clock.monotonic();
        way.read(frame.n);
        break;
      case 'ping':
        send(JSON.stringify({ t: 'pong', at: frame.at, wallTime: clock.now(), now: clock.monotonic() }));
        break;
    }
  }

  function onMessage(message: string | Uint8Array): void {
    if (onward) {
      onward(message);
      return;
    }
    if (ended) return;
    lastHeard = clock.monotonic();
    if (!frames.take()) {
      close(CloseCode.badFrames, `more than ${limits.framesPerSecond} frames a second`);
      return;
    }
    if (typeof message !== 'string') {
      refuse(new ContractError('bad-request', `${message.byteLength} binary bytes; a window sends text only`), '');
      return;
    }
    try {
      const limit = { bytes: limits.windowTextBytes, depth: limits.depth };
      handle(readFrame(message, WindowFrame, limit), message.length);
    } catch (cause) {
      refuse(cause instanceof ContractError ? cause : shared.reference(cause, 'a frame'), message);
    }
    if (waiting()) drain();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    cancelIdle();
    cancelDrain?.();
    outlet.close();
    way.close();
    queries.close();
    shared.gone(session);
  }

  function close(code: number, reason: string): void {
    end();
    carrier.close(code, reason);
  }

  const session: Session = {
    caller: () => caller,
    delta: snapshots.delta,
    /** A frame that several windows hold is in memory once: each answers for its part. */
    weight: () => unread() - way.shared(),
    putOut,
    close,
  };

  carrier.onClose(end);
  carrier.onMessage(onMessage);
  return session;
}

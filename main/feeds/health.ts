import type { FeedFault, FeedHealth } from '../../contract/features/feeds.ts';
import type { Text } from '../../core/words.ts';
import type { Clock } from '../clock.ts';

type Name = FeedHealth['name'];
type State = FeedHealth['state'];

/** A source's clock further from the hall's than this is wrong, or the hall's is. */
export const CLOCK_OFF_MS = 60_000;
/** A greater leap of the sequence is no count of lost messages: the source began to count anew. */
const MOST_MISSING = 1_000_000;
/** How long a message dated so is spoken of when those after it are right. */
const ODD_MS = 30_000;
/** Braked for so long, a feed is spoken of: shorter rests mend themselves. */
const BRAKED_MS = 10_000;
/** A feed that is braked again so soon after a rest was braked all the while. */
const CALM_MS = 5_000;

/** Seconds over which the rate is taken. */
const RATE_SECONDS = 5;

/**
 * Keeps one feed's health. `received`, `perSecond` and `rejected` count records (a refused message counts as one),
 * `dropped` and `gaps` count messages, `late` records that were
 * older than what the hall held.
 */
export interface HealthKeeper {
  /** Connected, nothing heard yet. */
  connected(): void;
  /** Not connected, and why. */
  down(why: Text, fault: FeedFault): void;
  /**
   * A message was taken in.
   *
   * @param message.seq its number, where the source counts its messages
   * @param message.sentAt its wall time by the source, null where it says none
   */
  message(message: {
    seq?: number | undefined;
    sentAt: number | null;
    records: number;
    rejected: number;
    late: number;
  }): void;
  /** A whole message was refused. */
  refused(): void;
  dropped(messages: number): void;
  /** Connected, and not read for a while, and why; null when it is read again. */
  braked(why: Text | null): void;
  /** Ms since the last message or connection, by the monotonic clock; null while not connected. */
  quietFor(): number | null;
  /** Looks at the clock: a connection of which nothing was taken for `silentAfter` becomes silent, whatever it sends. */
  tick(): void;
  view(): FeedHealth;
  onState(listener: (health: FeedHealth) => void): () => void;
}

/** @param options.silentAfter ms without a message after which a connected feed counts as silent. */
export function createHealth(options: { id: string; name: Name; clock: Clock; silentAfter: number }): HealthKeeper {
  const { clock } = options;
  const listeners = new Set<(health: FeedHealth) => void>();
  const rate = createRate(clock);
  let state: State = 'connecting';
  let since = clock.now();
  let fault: FeedFault | null = null;
  let error: Text | null = null;
  let lastMessageAt: number | null = null;
  let lastHeard: number | null = null;
  /** Of the last message that was taken, or the connection. */
  let lastTaken: number | null = null;
  let braked: { since: number; wall: number; until: number } | null = null;
  let received = 0;
  let rejected = 0;
  let dropped = 0;
  let gaps = 0;
  let late = 0;
  let lagMs: number | null = null;
  let odd: { offset: number; at: number } | null = null;
  let lastSeq: number | null = null;
  let fresh = false;

  const clockOffset = (): number | null => {
    if (odd !== null && clock.monotonic() - odd.at < ODD_MS) return odd.offset;
    return lagMs === null ? null : -lagMs;
  };
  const brakedSince = (): { brakedSince?: number } => {
    const now = clock.monotonic();
    if (braked === null || now - braked.since < BRAKED_MS || now - braked.until >= CALM_MS) return {};
    return { brakedSince: braked.wall };
  };
  const view = (): FeedHealth => ({
    id: options.id,
    name: options.name,
    state,
    since,
    lastMessageAt,
    received,
    perSecond: rate.perSecond(),
    rejected,
    dropped,
    gaps,
    late,
    lagMs: lagMs ?? 0,
    clockOffsetMs: clockOffset(),
    fault,
    error,
    ...brakedSince(),
  });
  const enter = (next: State, why: Text | null, what: FeedFault | null) => {
    if (next === state && why?.en === error?.en) return;
    if (next !== state) since = clock.now();
    state = next;
    error = why;
    fault = what;
    for (const listener of listeners) listener(view());
  };

  return {
    connected() {
      lastHeard = clock.monotonic();
      lastTaken = lastHeard;
      fresh = true;
      enter('connecting', null, null);
    },
    down(why, what) {
      lastHeard = null;
      lastTaken = null;
      enter('down', why, what);
    },
    message({ seq, sentAt, records, rejected: refusedRecords, late: lateRecords }) {
      // A source that goes on counting over a broken connection tells what was lost meanwhile; one that starts again at
      // a smaller number was restarted, and nothing can be said of what it did not send.
      if (seq !== undefined) {
        if (lastSeq !== null && seq > lastSeq + 1) gaps += seq - lastSeq > MOST_MISSING ? 1 : seq - lastSeq - 1;
        else if (lastSeq !== null && seq <= lastSeq && !fresh) gaps += 1;
        lastSeq = seq;
      }
      fresh = false;
      received += records;
      rejected += refusedRecords;
      lastMessageAt = clock.now();
      lastHeard = clock.monotonic();
      lastTaken = lastHeard;
      rate.add(records, lastHeard);
      late += lateRecords;
      if (sentAt !== null) {
        lagMs = lastMessageAt - sentAt;
        if (Math.abs(lagMs) > CLOCK_OFF_MS) odd = { offset: -lagMs, at: lastHeard };
      }
      if (state !== 'live') enter('live', null, null);
    },
    refused() {
      rejected += 1;
      // Something was heard, though nothing of use: the connection is not dead, and the feed not live by it either.
      lastHeard = clock.monotonic();
    },
    dropped(messages) {
      dropped += messages;
    },
    braked(why) {
      const now = clock.monotonic();
      if (why !== null) {
        const since = braked !== null && now - braked.until < CALM_MS ? braked : { since: now, wall: clock.now() };
        braked = { ...since, until: Number.POSITIVE_INFINITY };
      } else if (braked?.until === Number.POSITIVE_INFINITY) braked.until = now;
      if (state !== 'down') enter(state, why, why === null ? null : 'rests');
    },
    quietFor: () => (lastHeard === null ? null : clock.monotonic() - lastHeard),
    tick() {
      if (lastTaken === null) return;
      // Why it is braked stays said.
      if (clock.monotonic() - lastTaken >= options.silentAfter && state !== 'silent') enter('silent', error, fault);
    },
    view,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Events a second over the last {@link RATE_SECONDS} whole seconds. */
function createRate(clock: Clock) {
  const slots = new Float64Array(RATE_SECONDS + 1);
  let second = Math.floor(clock.monotonic() / 1000);
  const first = second;
  const advance = (monotonic: number) => {
    const now = Math.floor(monotonic / 1000);
    const steps = Math.min(now - second, slots.length);
    for (let i = 1; i <= steps; i++) slots[(now - steps + i) % slots.length] = 0;
    second = now;
  };
  return {
    add(n: number, monotonic: number) {
      advance(monotonic);
      const i = second % slots.length;
      slots[i] = (slots[i] ?? 0) + n;
    },
    perSecond() {
      advance(clock.monotonic());
      const whole = Math.min(RATE_SECONDS, second - first);
      if (whole === 0) return slots[second % slots.length] ?? 0;
      let sum = 0;
      for (let i = 1; i <= whole; i++) sum += slots[(second - i) % slots.length] ?? 0;
      return Math.round((sum / whole) * 10) / 10;
    },
  };
}

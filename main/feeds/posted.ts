import type { Outcome } from '../../contract/features/rejects.ts';
import type { Text } from '../../core/words.ts';
import { every } from '../clock.ts';
import type { Issue } from '../config/issue.ts';
import { sameSecret } from '../files/sameSecret.ts';
import { EXCERPT_CHARS, refuseOf } from '../rejects/rejects.ts';
import { createBrake } from './brake.ts';
import type { FeedDeps } from './deps.ts';
import type { Feed } from './feed.ts';
import { createHealth } from './health.ts';
import { nothingOf } from './outcome.ts';
import type { Posted, Receiver } from './receiver.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
/** Who is told to wait because the hall cannot keep what came asks again after so long. */
const AGAIN_MS = 5000;

/** What a message brought. `rejected`: records of it that were not understood; `faults`: the first of them, or what else is to be said of it. */
export interface Brought<What> {
  readonly ok: true;
  readonly what: readonly What[];
  readonly rejected: number;
  readonly faults: readonly Issue[];
}

/** What became of it in the ledger: recorded, recorded before as they are (`known`), and `left` for want of room. */
export interface Recorded {
  readonly known: number;
  readonly left: number;
}

/** A feed whose source posts what has to be recorded, and is answered when it is. */
export function createPostedFeed<What>(
  config: {
    readonly id: string;
    readonly protocol: string;
    readonly name: Text;
    readonly token: string;
    readonly silentAfter?: number | undefined;
    readonly maxMessagesPerSecond: number;
  },
  deps: FeedDeps,
  does: {
    /** Nothing that comes makes it throw. @param now wall ms */
    read(bytes: Buffer, now: number): Brought<What> | { readonly ok: false; readonly fault: Issue };
    record(what: readonly What[]): Promise<Recorded>;
  },
): Feed & { readonly receiver: Receiver } {
  const { clock, log, rejects } = deps;
  const { id, name } = config;
  const silentAfter = config.silentAfter === undefined ? Number.POSITIVE_INFINITY : config.silentAfter * 1000;
  const health = createHealth({ id, name, clock, silentAfter });
  const brake = createBrake(clock, {
    messagesPerSecond: config.maxMessagesPerSecond,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  const record = (what: readonly What[]) =>
    what.length === 0 ? Promise.resolve({ known: 0, left: 0 }) : does.record(what);
  let started = false;
  /** Until when the source has to wait, by the monotonic clock. */
  let freeAt = Number.NEGATIVE_INFINITY;
  let cancelTick = () => {};

  const receiver: Receiver = {
    lets: (token) => sameSecret(token, config.token),
    async post(bytes): Promise<Posted> {
      const began = clock.monotonic();
      if (!started) return { is: 'busy', retryMs: AGAIN_MS };
      if (began < freeAt) return { is: 'busy', retryMs: freeAt - began };
      deps.heard?.(bytes, '');
      const reading = does.read(bytes, clock.now());
      const wait = brake.took(clock.monotonic() - began, !reading.ok)?.ms ?? 0;
      if (wait > 0) freeAt = Math.max(freeAt, clock.monotonic() + wait);
      const excerpt = bytes.toString('utf8', 0, EXCERPT_CHARS * 4);
      if (!reading.ok) {
        health.refused();
        refuseOf(rejects, id, { bytes }, { faults: [{ ...reading.fault, excerpt }], count: 1 });
        return { is: 'refused', fault: reading.fault };
      }
      const { what, rejected, faults } = reading;
      try {
        // What was kept is known when the message comes again.
        if ((await record(what)).left > 0) return { is: 'busy', retryMs: AGAIN_MS };
      } catch (error) {
        log.warn({ feed: id, err: error }, 'what a source posted could not be recorded');
        return { is: 'busy', retryMs: AGAIN_MS };
      }
      // Nothing is said of its clock: what was told long ago may hold still, and is passed on again and again.
      health.message({ sentAt: null, records: what.length, late: 0, rejected });
      const told = faults.map((fault) => ({ excerpt, ...fault }));
      refuseOf(rejects, id, { bytes }, { faults: told, count: Math.max(rejected, told.length) });
      return { is: 'taken', taken: what.length, rejected, late: 0, faults };
    },
  };

  return {
    id,
    protocol: config.protocol,
    receiver,
    start() {
      if (started) throw new Error(`feed ${id} was started before; make a new one`);
      started = true;
      health.connected();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    async again({ bytes }): Promise<Outcome | null> {
      if (!started) return null;
      const reading = does.read(Buffer.from(bytes), clock.now());
      if (!reading.ok) return nothingOf(reading.fault);
      const { what, rejected, faults } = reading;
      const { known, left } = await record(what);
      const told = faults.map(({ path, message, remedy }) => ({ path, message, remedy }));
      return { taken: what.length - known - left, known, late: 0, rejected: rejected + left, faults: told };
    },
    stop() {
      started = false;
      cancelTick();
      return Promise.resolve();
    },
    health: () => ({ ...health.view(), awaited: true }),
    onState: (listener) => health.onState(listener),
  };
}

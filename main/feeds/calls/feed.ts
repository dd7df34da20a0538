import { toWgs84 } from '../../../core/places/crs.ts';
import { every } from '../../clock.ts';
import { sameSecret } from '../../files/sameSecret.ts';
import { EXCERPT_CHARS, refuseOf } from '../../rejects/rejects.ts';
import { createBrake } from '../brake.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, TakeReports } from '../feed.ts';
import { createHealth } from '../health.ts';
import { nothingOf } from '../outcome.ts';
import type { Posted, Receiver } from '../receiver.ts';
import type { CallsConfig } from './config.ts';
import { readCalls } from './read.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
/** Who is told to wait because the hall cannot keep what came asks again after so long. */
const AGAIN_MS = 5000;

/** Takes calls and reports that a source posts, and answers when they are recorded (docs/protocols/calls.md). */
export function createCallsFeed(
  config: CallsConfig,
  deps: FeedDeps & { takeReports: TakeReports },
): Feed & { readonly receiver: Receiver } {
  const { clock, log, rejects, takeReports } = deps;
  const { id, name, to, kinds, zone } = config;
  const options = { kinds, zone, convert: toWgs84(config.crs) };
  const from = { feed: id, name, to };
  const silentAfter = config.silentAfter === undefined ? Number.POSITIVE_INFINITY : config.silentAfter * 1000;
  const health = createHealth({ id, name, clock, silentAfter });
  const brake = createBrake(clock, {
    messagesPerSecond: config.maxMessagesPerSecond,
    workShare: deps.workShare ?? WORK_SHARE,
  });
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
      const reading = readCalls(bytes, options, clock.now());
      const wait = brake.took(clock.monotonic() - began, !reading.ok)?.ms ?? 0;
      if (wait > 0) freeAt = Math.max(freeAt, clock.monotonic() + wait);
      if (!reading.ok) {
        health.refused();
        const excerpt = bytes.toString('utf8', 0, EXCERPT_CHARS * 4);
        refuseOf(rejects, id, { bytes }, { faults: [{ ...reading.fault, excerpt }], count: 1 });
        return { is: 'refused', fault: reading.fault };
      }
      const { reports, rejected, faults } = reading;
      try {
        // Those that were kept are known when the message comes again.
        if (reports.length > 0 && (await takeReports(from, reports)).left > 0) return { is: 'busy', retryMs: AGAIN_MS };
      } catch (error) {
        log.warn({ feed: id, err: error }, 'calls could not be recorded');
        return { is: 'busy', retryMs: AGAIN_MS };
      }
      // Nothing is said of its clock: what was told long ago may be told again.
      health.message({ sentAt: null, records: reports.length, late: 0, rejected });
      refuseOf(rejects, id, { bytes }, { faults, count: rejected });
      return { is: 'taken', taken: reports.length, rejected, late: 0, faults };
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
    async again({ bytes }) {
      if (!started) return null;
      const reading = readCalls(bytes, options, clock.now());
      if (!reading.ok) return nothingOf(reading.fault);
      const { reports, rejected, faults } = reading;
      const { taken, left } = await takeReports(from, reports);
      const told = faults.map(({ path, message, remedy }) => ({ path, message, remedy }));
      return { taken, known: reports.length - taken - left, late: 0, rejected: rejected + left, faults: told };
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

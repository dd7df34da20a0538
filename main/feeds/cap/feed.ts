import { toWgs84 } from '../../../core/places/crs.ts';
import { every } from '../../clock.ts';
import { sameSecret } from '../../files/sameSecret.ts';
import { EXCERPT_CHARS, refuseOf } from '../../rejects/rejects.ts';
import { createBrake } from '../brake.ts';
import { readCap } from '../codecs/cap/read.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, TakeWarning } from '../feed.ts';
import { createHealth } from '../health.ts';
import { nothingOf } from '../outcome.ts';
import type { Posted, Receiver } from '../receiver.ts';
import type { CapConfig } from './config.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
/** Who is told to wait because the hall cannot keep what came asks again after so long. */
const AGAIN_MS = 5000;
const HOUR_MS = 3_600_000;

/** Takes warnings that a source posts, one CAP message at a time, and answers when they are recorded (docs/protocols/cap.md). */
export function createCapFeed(
  config: CapConfig,
  deps: FeedDeps & { takeWarning: TakeWarning },
): Feed & { readonly receiver: Receiver } {
  const { clock, log, rejects, takeWarning } = deps;
  const options = {
    zone: config.zone,
    holds: config.holdHours * HOUR_MS,
    convert: toWgs84(config.crs) ?? ((lon: number, lat: number): [number, number] => [lon, lat]),
    mayBring: (sender: string) => config.senders?.some((pattern) => fits(pattern, sender)) ?? true,
  };
  const silentAfter = config.silentAfter === undefined ? Number.POSITIVE_INFINITY : config.silentAfter * 1000;
  const health = createHealth({ id: config.id, name: config.name, clock, silentAfter });
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
      const reading = readCap(bytes, options, clock.now());
      const wait = brake.took(clock.monotonic() - began, !reading.ok)?.ms ?? 0;
      if (wait > 0) freeAt = Math.max(freeAt, clock.monotonic() + wait);
      const excerpt = bytes.toString('utf8', 0, EXCERPT_CHARS * 4);
      if (!reading.ok) {
        health.refused();
        refuseOf(rejects, config.id, { bytes }, { faults: [{ ...reading.fault, excerpt }], count: 1 });
        return { is: 'refused', fault: reading.fault };
      }
      const { message, faults } = reading;
      try {
        if (message !== null) await takeWarning(config.id, message);
      } catch (error) {
        log.warn({ feed: config.id, err: error }, 'a warning could not be recorded');
        return { is: 'busy', retryMs: AGAIN_MS };
      }
      const records = message === null ? 0 : 1;
      // Nothing is said of its clock: what was sent long ago may hold still, and is passed on again and again.
      health.message({ sentAt: null, records, late: 0, rejected: 0 });
      const told = faults.map((fault) => ({ ...fault, excerpt }));
      refuseOf(rejects, config.id, { bytes }, { faults: told, count: told.length });
      return { is: 'taken', taken: records, rejected: 0, late: 0, faults };
    },
  };

  return {
    id: config.id,
    protocol: config.protocol,
    receiver,
    start() {
      if (started) throw new Error(`feed ${config.id} was started before; make a new one`);
      started = true;
      health.connected();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    async again({ bytes }) {
      if (!started) return null;
      const reading = readCap(Buffer.from(bytes), options, clock.now());
      if (!reading.ok) return nothingOf(reading.fault);
      const { message, faults } = reading;
      // Known by its number: what was recorded before is not recorded again.
      if (message !== null) await takeWarning(config.id, message);
      const told = faults.map(({ path, message: said, remedy }) => ({ path, message: said, remedy }));
      return { taken: message === null ? 0 : 1, known: 0, late: 0, rejected: 0, faults: told };
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

function fits(pattern: string, sender: string): boolean {
  return pattern.endsWith('*') ? sender.startsWith(pattern.slice(0, -1)) : sender === pattern;
}

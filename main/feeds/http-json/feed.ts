import { toWgs84 } from '../../../core/places/crs.ts';
import { every } from '../../clock.ts';
import { sameSecret } from '../../files/sameSecret.ts';
import { EXCERPT_CHARS, refuseOf } from '../../rejects/rejects.ts';
import { createBrake } from '../brake.ts';
import type { FeedDeps } from '../deps.ts';
import { type Feed, type FeedSink, NOTHING } from '../feed.ts';
import { createHealth } from '../health.ts';
import type { Posted, Receiver } from '../receiver.ts';
import { putThrough } from '../ws-json/again.ts';
import { createReader } from '../ws-json/read.ts';
import type { HttpJsonConfig } from './config.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
/** Who is told to wait because the hall has too much asks again after so long. */
const SLOW_MS = 1000;

interface AtOnce extends Receiver {
  post(message: Buffer): Posted;
}

/** Takes messages of ws-json that a source posts, and answers each with what became of it (docs/protocols/http-json.md). */
export function createHttpJsonFeed(
  config: HttpJsonConfig,
  deps: FeedDeps,
): Omit<Feed, 'receiver'> & { readonly receiver: AtOnce } {
  const { clock, directory, rejects } = deps;
  const read = createReader(directory, toWgs84(config.crs));
  const health = createHealth({ id: config.id, name: config.name, clock, silentAfter: config.silentAfter * 1000 });
  const brake = createBrake(clock, {
    messagesPerSecond: config.maxMessagesPerSecond,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  let sink: FeedSink | null = null;
  /** Until when the source has to wait, by the monotonic clock. */
  let freeAt = Number.NEGATIVE_INFINITY;
  let slow = false;
  let cancelTick = () => {};

  const wait = (ms: number): void => {
    freeAt = Math.max(freeAt, clock.monotonic() + ms);
  };

  const receiver: AtOnce = {
    lets: (token) => sameSecret(token, config.token),
    post(message) {
      const began = clock.monotonic();
      if (sink === null || slow) return { is: 'busy', retryMs: SLOW_MS };
      if (began < freeAt) return { is: 'busy', retryMs: freeAt - began };
      deps.heard?.(message, '');
      const reading = read(message);
      if (!reading.ok) {
        health.refused();
        const excerpt = message.toString('utf8', 0, EXCERPT_CHARS * 4);
        refuseOf(rejects, config.id, { bytes: message }, { faults: [{ ...reading.fault, excerpt }], count: 1 });
        wait(brake.took(clock.monotonic() - began, true)?.ms ?? 0);
        return { is: 'refused', fault: reading.fault };
      }
      const { batch, seq, t } = reading;
      const records = batch.observations.length + batch.units.length;
      const taken = records > 0 ? sink.push(batch) : NOTHING;
      const all = reading.rejected + taken.rejected;
      const faults = [...reading.faults, ...taken.faults];
      health.message({
        ...{ sentAt: t, records: records - taken.rejected, late: taken.late, rejected: all },
        ...(seq === undefined ? {} : { seq }),
      });
      refuseOf(rejects, config.id, { bytes: message }, { faults, count: all });
      wait(brake.took(clock.monotonic() - began, false)?.ms ?? 0);
      if (taken.slow) {
        slow = true;
        void sink.ready().then(() => {
          slow = false;
        });
      }
      return { is: 'taken', taken: records - taken.rejected, rejected: all, late: taken.late, faults };
    },
  };

  return {
    id: config.id,
    protocol: config.protocol,
    receiver,
    start(to) {
      if (sink !== null) throw new Error(`feed ${config.id} was started before; make a new one`);
      sink = to;
      health.connected();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    again: ({ bytes }) => (sink === null ? null : putThrough(read, sink, bytes)),
    stop() {
      sink = null;
      cancelTick();
      return Promise.resolve();
    },
    health: () => ({ ...health.view(), awaited: true }),
    onState: (listener) => health.onState(listener),
  };
}

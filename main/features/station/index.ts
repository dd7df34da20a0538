import { station as contract } from '../../../contract/features/station.ts';
import { every } from '../../clock.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { lastOwnAt, watchClock } from './clockWatch.ts';
import { tellForeign } from './foreign.ts';
import { tellLeftOut } from './leftOut.ts';
import { stationView } from './stationView.ts';

/** So often, in ms, what counts up by itself is shown. */
const BEAT_MS = 1000;

/** The station's strip: who it is, and how it is connected. */
export const station = defineFeature({
  contract,
  start(kernel: Kernel) {
    const { clock, domain, ledger, notices, strip, sync, topics } = kernel;
    const { name, simulated, startedAt, station, version } = kernel;
    const publish = () =>
      topics.station.set(
        'it',
        stationView({
          ...{ station, name, simulated, version, startedAt, ledger, sync },
          ...{ drill: null, ffmpeg: null, rejects: 0 },
          ...strip.parts(),
        }),
      );
    const stops = [
      watchClock({ clock, notices, lastOwn: lastOwnAt(ledger) }),
      tellLeftOut(topics, notices, clock),
      tellForeign(domain, notices, clock),
      every(clock, BEAT_MS, publish),
      ledger.listen({ changed: publish }),
    ];
    sync.onChange(publish);
    strip.onChange(publish);
    publish();
    return {
      close() {
        for (const stop of stops) stop();
      },
    };
  },
});

import { rejects as contract } from '../../../contract/features/rejects.ts';
import { every } from '../../clock.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { everyReject } from './everyReject.ts';
import { rejectQueries } from './queries.ts';

/** So often, in ms, is looked for what other stations and windows were refused. */
const LOOK_MS = 1000;

/** What was refused at the hall's doors. */
export const rejects = defineFeature({
  contract,
  start(kernel: Pick<Kernel, 'clock' | 'queries' | 'rejects' | 'strip' | 'sync' | 'windows'>) {
    const { clock, queries, rejects, strip, sync, windows } = kernel;
    const total = () => rejects.total() + sync.rejected + windows.refused();
    let shown = total();
    const look = () => {
      if (total() === shown) return;
      shown = total();
      queries.changed(['rejects']);
    };
    strip.add(() => ({ rejects: total() }));
    const stops = [rejects.onChange(look), every(clock, LOOK_MS, look)];
    return {
      queries: rejectQueries(() =>
        everyReject({ feeds: rejects.list(), peers: sync.rejects(), windows: windows.rejects() }),
      ),
      close() {
        for (const stop of stops) stop();
      },
    };
  },
});

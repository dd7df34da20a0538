import { rejects as contract } from '../../../contract/features/rejects.ts';
import { every } from '../../clock.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { NewestReject } from '../../rejects/rejects.ts';
import { everyReject, windowReject } from './everyReject.ts';
import { rejectHandlers } from './handlers.ts';
import { rejectQueries } from './queries.ts';

/** So often, in ms, is looked for what other stations and windows were refused. */
const LOOK_MS = 1000;

type Takes = 'clock' | 'feeds' | 'ledger' | 'log' | 'quarantine' | 'queries' | 'rejects' | 'strip' | 'sync' | 'windows';

/** What was refused at the hall's doors. */
export const rejects = defineFeature({
  contract,
  start(kernel: Pick<Kernel, Takes>) {
    const { clock, quarantine, queries, rejects, strip, sync, windows } = kernel;
    const [ofPeers, ofWindows] = [newOf(), newOf()];
    const look = () => {
      for (const { id: _, at, ...refused } of ofPeers(sync.rejects(), sync.rejected)) quarantine.keep(refused, at);
      for (const { id: _, at, ...refused } of ofWindows(windows.rejects().map(windowReject), windows.refused()))
        quarantine.keep(refused, at);
    };
    strip.add(() => ({ rejects: rejects.total() + sync.rejected + windows.refused() }));
    const stops = [quarantine.onChange(() => queries.changed(['rejects'])), every(clock, LOOK_MS, look)];
    return {
      handlers: rejectHandlers(kernel),
      queries: rejectQueries({
        read: quarantine.read,
        readable() {
          look();
          quarantine.flush();
          return quarantine.readable();
        },
        newest: () => everyReject({ feeds: rejects.list(), peers: sync.rejects(), windows: windows.rejects() }),
      }),
      close() {
        look();
        for (const stop of stops) stop();
      },
    };
  },
});

/** Answers what of a list is new since it was asked last, oldest first. @param total how many there ever were, those that are no more in the list too */
function newOf(): (list: readonly NewestReject[], total: number) => readonly NewestReject[] {
  let seen = 0;
  let before = new Set<string>();
  return (list, total) => {
    if (total === seen) return [];
    seen = total;
    const fresh = list.filter(({ id }) => !before.has(id));
    before = new Set(list.map(({ id }) => id));
    return fresh.toSorted((a, b) => a.at - b.at);
  };
}

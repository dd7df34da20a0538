import type { ViewsPlace, ViewsStore } from '../../main/kernel/viewsStore.ts';
import { makeViews } from '../../native/sqlite/views.ts';

/** Where views lie in memory. Like a disk it keeps them when a hall closes, and gives them to the next. */
export function createMemoryViewsPlace(): ViewsPlace {
  let held: { stamp: string; store: ViewsStore } | null = null;
  return {
    open: (stamp) => (held?.stamp === stamp ? held.store : null),
    make(stamp, tables, indexes) {
      const making = makeViews({ file: ':memory:', stamp, tables, indexes });
      return {
        ...making,
        finish(position) {
          const store: ViewsStore = { ...making.finish(position), close() {} };
          held = { stamp, store };
          return store;
        },
      };
    },
  };
}

import type { ViewsPlace, ViewsStore } from '../../main/kernel/viewsStore.ts';
import { makeViews } from '../../native/sqlite/viewsMaking.ts';

/** Views in memory, and what a query would read of them. */
export interface MemoryViewsPlace extends ViewsPlace {
  rows(sql: string, ...values: unknown[]): Record<string, unknown>[];
}

/** Where views lie in memory. Like a disk it keeps them when a hall closes, and gives them to the next. */
export function createMemoryViewsPlace(): MemoryViewsPlace {
  let held: { stamp: string; store: ViewsStore } | null = null;
  return {
    rows(sql, ...values) {
      if (!held) return [];
      const statement: unknown = held.store.prepare(sql);
      return (statement as { all(...of: unknown[]): Record<string, unknown>[] }).all(...values);
    },
    open: (stamp) => (held?.stamp === stamp ? held.store : null),
    make(stamp, tables) {
      const making = makeViews({ file: ':memory:', stamp, tables });
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

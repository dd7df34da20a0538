import { troubleOf } from '../../native/sqlite/database.ts';
import { DamagedViews, openViews } from '../../native/sqlite/views.ts';
import { makeViews } from '../../native/sqlite/viewsMaking.ts';
import type { ViewsPlace } from './viewsStore.ts';

/** Views in a file. */
export function viewsFile(file: string): ViewsPlace {
  return {
    open: (stamp) => openViews(file, stamp),
    make: (stamp, tables) => makeViews({ file, stamp, tables }),
  };
}

/** Views that end with the hall, for one that may write no file. */
export const VIEWS_IN_MEMORY: ViewsPlace = { ...viewsFile(':memory:'), open: () => null };

/** Whether the file is at fault, and not the disk that will not write it. */
export function isDamage(cause: unknown): boolean {
  const trouble = troubleOf(cause);
  return trouble === 'unreadable' || trouble === 'not-a-database' || cause instanceof DamagedViews;
}

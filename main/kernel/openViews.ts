import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { diskTroubleOf } from '../files/trouble.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { NoticeBoard } from '../notices/noticeBoard.ts';
import { rebuildingViewsNotice, unwritableViewsNotice } from '../notices/stores.ts';
import type { Declared } from './declared.ts';
import type { StartFolding } from './folding.ts';
import { OVER_KEPT } from './newest.ts';
import type { Progress } from './rebuild.ts';
import { createViews, type Views } from './views.ts';
import { VIEWS_IN_MEMORY, viewsFile } from './viewsPlace.ts';

export const VIEWS_FILE = 'views.db';

/** Progress is told at each tenth. */
const STEP_PERCENT = 10;

/** Opens the data folder's views.db and brings it to where the ledger stands; what is wrong with it is said, and harms nothing else. */
export async function openViews(options: {
  dataDir: string;
  ledger: Ledger;
  declared: Declared;
  /** Of the program. */
  version: string;
  clock: Clock;
  log: Logger;
  notices: Pick<NoticeBoard, 'raise' | 'clear'>;
  /** How the ledger's events are folded beside what else is done, where everything is made anew. Left out: by this thread. */
  folding?: StartFolding | undefined;
  /** Hears how far it is, in per cent, before it is there. */
  onStarting?: ((percent: number) => void) | undefined;
}): Promise<Views> {
  const { dataDir, ledger, declared, version, clock, log, notices } = options;
  const turn = () => new Promise<void>((next) => setImmediate(next));
  let told = -1;
  const tell = ({ done, of }: Progress): void => {
    const percent = Math.floor(percentOf({ done, of }) / STEP_PERCENT) * STEP_PERCENT;
    if (percent === told) return;
    told = percent;
    log.info({ done, of }, 'views.db is brought up from the ledger');
    notices.raise(rebuildingViewsNotice(percent, clock.now()));
  };
  const views = createViews({
    place: viewsFile(join(dataDir, VIEWS_FILE)),
    instead: VIEWS_IN_MEMORY,
    ...{ ledger, version, clock, log, turn, folding: options.folding },
    ...{ kinds: declared.kinds, families: declared.families, models: declared.readModels },
    newest: OVER_KEPT,
    onFault({ kind, cause }) {
      log.error(
        { err: cause },
        kind === 'damaged' ? 'views.db is damaged and is made anew' : 'views.db is not written',
      );
      if (kind === 'unwritable') notices.raise(unwritableViewsNotice(diskTroubleOf(cause), clock.now()));
    },
    onMended() {
      notices.clear('views:unwritable');
      notices.clear('views:rebuilding');
      told = -1;
    },
    onProgress: tell,
  });
  for (const progress of views.prepare()) {
    if (progress.of > 0) {
      tell(progress);
      options.onStarting?.(Math.floor(percentOf(progress)));
    }
    await turn();
  }
  return views;
}

/** How far it is; all of nothing is done. */
function percentOf({ done, of }: Progress): number {
  return of === 0 ? 100 : (100 * done) / of;
}

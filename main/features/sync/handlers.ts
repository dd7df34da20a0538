import type { Handlers } from '../../../contract/wire/served.ts';
import type { Sync } from '../../sync/sync.ts';

/** The cable between stations, pulled and plugged in again on purpose. */
export function linkHandlers({ sync }: { sync: Sync }): Pick<Handlers, 'link.cut' | 'link.mend'> {
  return {
    'link.cut'() {
      sync.cut();
      return {};
    },
    'link.mend'() {
      sync.mend();
      return {};
    },
  };
}

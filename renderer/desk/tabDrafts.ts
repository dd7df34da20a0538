import { LIVE } from '../../contract/features/worlds.ts';
import { createDrafts, type Drafts } from './drafts.ts';

/** The tab's drafts of a world. */
export type DraftsOf = (world: string) => Drafts;

/**
 * A tab's drafts in one world: they outlive a reload, and the seat's other windows on this machine that are in that world have them, too.
 */
export function tabDrafts(page: Window, seat: string, world: string): Drafts {
  const key = `opshall.drafts.${seat}${world === LIVE ? '' : `.${world}`}`;
  const channel = new BroadcastChannel(key);
  return createDrafts({
    storage: {
      load: () => page.sessionStorage.getItem(key),
      save: (text) => page.sessionStorage.setItem(key, text),
    },
    channel: {
      post: (message) => channel.postMessage(message),
      listen: (hear) => channel.addEventListener('message', (event) => hear(event.data)),
    },
    now: () => Date.now(),
  });
}

import { LIVE } from '../../contract/features/worlds.ts';
import { createDrafts, type Drafts } from './drafts.ts';

/** The tab's drafts of a world. */
export type DraftsOf = (world: string) => Drafts;

/** Where a tab keeps what names it among the windows of its seat. */
const NAME = 'opshall.window';

function nameOf({ sessionStorage, crypto }: Window & typeof globalThis): string {
  const name = sessionStorage.getItem(NAME) ?? `w${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  sessionStorage.setItem(NAME, name);
  return name;
}

/**
 * A tab's drafts in one world: they outlive a reload, and the seat's other windows on this machine that are in that world have them, too;
 * those of a form that is the window's own they have when it goes.
 */
export function tabDrafts(page: Window & typeof globalThis, seat: string, world: string): Drafts {
  const key = `opshall.drafts.${seat}${world === LIVE ? '' : `.${world}`}`;
  const channel = new BroadcastChannel(key);
  const drafts = createDrafts({
    window: nameOf(page),
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
  page.addEventListener('pagehide', () => drafts.release());
  return drafts;
}

import { createDrafts, type Drafts } from './drafts.ts';

/** A tab's drafts: they outlive a reload, and the seat's other windows on this machine have them, too. */
export function tabDrafts(page: Window, seat: string): Drafts {
  const key = `opshall.drafts.${seat}`;
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

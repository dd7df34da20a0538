import { z } from 'zod';
import { LIVE, type World, WorldId } from '../../contract/features/worlds.ts';
import { useBridge, useConnection } from '../bridge/index.ts';
import type { DraftsOf } from './tabDrafts.ts';

/** The world that an address names; an odd one is as good as none. */
export function readWorld(search: string): string {
  const named = WorldId.safeParse(new URLSearchParams(search).get('world'));
  return named.success ? named.data : LIVE;
}

/** The address of the same window in another world, without the thing of this one that it named. */
export function addressIn(world: string, page: { search: string; hash: string }): string {
  const query = new URLSearchParams(page.search);
  if (world === LIVE) query.delete('world');
  else query.set('world', world);
  const hash = page.hash.startsWith('#/plan') ? '#/plan' : page.hash;
  return `/?${query}${hash}`;
}

const ENDED = 'opshall.ended';
const Ended = z.object({ world: WorldId, name: z.object({ zh: z.string(), en: z.string() }).nullable() });
/** A drill that this window was in until it ended. */
export type Ended = z.infer<typeof Ended>;

type Page = Pick<Window, 'location' | 'sessionStorage'>;

/** Loads the page anew in another world: no store, call or layer of this one is left. */
export function goTo(world: string, page: Page): void {
  page.location.assign(addressIn(world, page.location));
}

/** The window's world is no more: back to the live work, which then says so. */
export function leaveEnded(ended: Ended, page: Page): void {
  page.sessionStorage.setItem(ENDED, JSON.stringify(ended));
  goTo(LIVE, page);
}

/** What {@link leaveEnded} left behind for this page; what was written there and not sent becomes unsent text here. Once. */
export function takeEnded(page: Pick<Page, 'sessionStorage'>, drafts: DraftsOf): Ended | null {
  const text = page.sessionStorage.getItem(ENDED);
  page.sessionStorage.removeItem(ENDED);
  try {
    const ended = Ended.parse(JSON.parse(text ?? ''));
    const left = drafts(ended.world);
    for (const draft of left.list()) {
      if (draft.text.trim() !== '') drafts(LIVE).write(`${ended.world} ${draft.key}`, draft.about, draft.text);
      left.clear(draft.key);
    }
    return ended;
  } catch {
    return null;
  }
}

/** The world that this window is in, as the hall says; null before it has said anything. */
export function useWorld(): World | null {
  const bridge = useBridge();
  useConnection(); // What a hall says of itself comes with each connection.
  return bridge.welcome()?.world ?? null;
}

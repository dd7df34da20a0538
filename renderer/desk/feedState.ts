import type { FeedHealth } from '../../contract/features/feeds.ts';

/** How a feed stands, as the strip has words for it. One that is dialled or posted to connects to nothing: it waits, until something came that can be used. */
export function feedState({ state, devices, awaited }: FeedHealth): FeedHealth['state'] | 'nothing-yet' | 'waiting' {
  if (state !== 'connecting' || !(devices || awaited)) return state;
  return devices && devices.connected > 0 ? 'nothing-yet' : 'waiting';
}

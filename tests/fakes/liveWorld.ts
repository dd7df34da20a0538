import type { World } from '../../contract/features/worlds.ts';

/** The world of a server that serves no other. */
export const LIVE_WORLD: World = { id: 'live', kind: 'live', name: null, since: 0 };

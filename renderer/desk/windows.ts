import { useMemo } from 'react';
import type { Region, WindowView } from '../../contract/features/windows.ts';
import { LIVE } from '../../contract/features/worlds.ts';
import { useTopic } from '../bridge/index.ts';
import { useDesk } from './DeskProvider.tsx';
import { useWorld } from './world.ts';

/** Regions of a seat in one world that the desktop shell has open in windows of their own; a browser's windows are not known. */
export function standsElsewhere(
  windows: Iterable<WindowView>,
  { seat, world }: Pick<WindowView, 'seat' | 'world'>,
): ReadonlySet<Region> {
  return new Set(
    [...windows].filter((it) => it.state === 'open' && it.seat === seat && it.world === world).map((it) => it.region),
  );
}

/** {@link standsElsewhere} for this window's seat, as it is now. */
export function useElsewhere(): ReadonlySet<Region> {
  const windows = useTopic('windows');
  const seat = useDesk((desk) => desk.seat);
  const world = useWorld()?.id ?? LIVE;
  return useMemo(() => standsElsewhere(windows.values(), { seat, world }), [windows, seat, world]);
}

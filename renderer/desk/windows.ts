import { useMemo } from 'react';
import type { Region, WindowView } from '../../contract/features/windows.ts';
import { useTopic } from '../bridge/index.ts';
import { useDesk } from './DeskProvider.tsx';

/** Regions of a seat that the desktop shell has open in windows of their own; a browser's windows are not known. */
export function standsElsewhere(windows: Iterable<WindowView>, seat: string): ReadonlySet<Region> {
  return new Set([...windows].filter((it) => it.state === 'open' && it.seat === seat).map((it) => it.region));
}

/** {@link standsElsewhere} for this window's seat, as it is now. */
export function useElsewhere(): ReadonlySet<Region> {
  const windows = useTopic('windows');
  const seat = useDesk((desk) => desk.seat);
  return useMemo(() => standsElsewhere(windows.values(), seat), [windows, seat]);
}

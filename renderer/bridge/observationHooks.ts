import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { MOST_RECENT, type SensorEntry } from '../../contract/features/sensors.ts';
import type { Observation } from '../../contract/wire/observationMirror.ts';
import { useBridge, useConnection } from './hooks.tsx';
import { appended, type RecentPoint } from './recent.ts';

const NONE: readonly RecentPoint[] = [];

/** Every sensor; the same list until the directory changes. */
export function useSensors(): readonly SensorEntry[] {
  const { observations } = useBridge();
  return useSyncExternalStore(observations.watchDirectory, observations.directory);
}

/** The newest value of a sensor while the component is there; renders again only when that changes. */
export function useObservation(sensor: string): Observation | undefined {
  const { observations } = useBridge();
  const subscribe = useCallback((changed: () => void) => observations.watch(sensor, changed), [observations, sensor]);
  return useSyncExternalStore(subscribe, () => observations.get(sensor));
}

/** The last values of a sensor, oldest first: asked for once a connection, then what comes while the component is there. */
export function useRecent(sensor: string): readonly RecentPoint[] {
  const { page, observations } = useBridge();
  const online = useConnection().state === 'open';
  const [recent, setRecent] = useState({ sensor, points: NONE });

  useEffect(() => {
    if (!online) return;
    let gone = false;
    const append = (points: readonly RecentPoint[]) => {
      const now = observations.get(sensor);
      return now === undefined || now.quality === 'bad' ? points : appended(points, now);
    };
    page('sensors.history', { sensor, limit: MOST_RECENT }).then(
      ({ rows }) => {
        const past = rows.map(({ t, value }): RecentPoint => [t, value]).reverse();
        if (!gone) setRecent({ sensor, points: append(past) });
      },
      // The hall has no such sensor, or is away: the curve is what comes from now on.
      () => undefined,
    );
    const stop = observations.watch(sensor, () =>
      setRecent((before) => ({ sensor, points: append(before.sensor === sensor ? before.points : NONE) })),
    );
    return () => {
      gone = true;
      stop();
    };
  }, [page, observations, online, sensor]);

  return recent.sensor === sensor ? recent.points : NONE;
}

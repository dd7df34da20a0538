import { useEffect, useState } from 'react';
import type { NearRow } from '../../contract/features/places.ts';
import { useBridge, useConnection } from '../bridge/index.ts';

/** Units drive on: asked again so often, while the hall is there. */
const EVERY_MS = 3000;

/**
 * What is within so many metres of a place, asked again and again; null before the first answer. The last answer stays while another is waited for.
 *
 * @param place `but`: a thing there that is of no interest
 */
export function useNearRows(
  place: { lon: number; lat: number; but?: string } | null,
  radius: number,
): {
  rows: readonly NearRow[] | null;
  error: unknown;
} {
  const { page } = useBridge();
  const online = useConnection().state === 'open';
  const [state, setState] = useState<{ rows: readonly NearRow[] | null; error: unknown }>({ rows: null, error: null });
  const { lon, lat, but } = place ?? { lon: Number.NaN, lat: 0, but: undefined };

  useEffect(() => {
    if (Number.isNaN(lon)) {
      setState({ rows: null, error: null });
      return;
    }
    if (!online) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const answer = await page('places.near', {
        lon,
        lat,
        radius,
        ...(but !== undefined && { but }),
        limit: 200,
      }).then(
        ({ rows }) => ({ rows, error: null }),
        (error: unknown) => ({ rows: null, error }),
      );
      if (gone) return;
      setState((before) => (answer.error === null ? answer : { ...before, error: answer.error }));
      timer = setTimeout(ask, EVERY_MS);
    };
    // Whoever drags the ring passes many radii.
    timer = setTimeout(ask, 120);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [page, online, lon, lat, but, radius]);
  return state;
}

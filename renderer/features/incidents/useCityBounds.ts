import { useEffect, useState } from 'react';
import type { Bounds } from '../../../core/places/city.ts';
import { useBridge } from '../../bridge/index.ts';
import { useStation } from '../../desk/hallData.tsx';
import { loadMeta } from '../../map/city.ts';
import { cityFiles } from '../../map/useScene.ts';

/** The bounds of the city; null while they are not known, and in a hall without a city. */
export function useCityBounds(): Bounds | null {
  const bridge = useBridge();
  const hasCity = useStation()?.profile === 'drill';
  const [bounds, setBounds] = useState<Bounds | null>(null);
  useEffect(() => {
    if (!hasCity) return;
    const stop = new AbortController();
    loadMeta(cityFiles(bridge), stop.signal).then(
      (meta) => setBounds(meta.bounds),
      () => {}, // Without them every place is taken; that the city's files are missing is the map's to say.
    );
    return () => stop.abort();
  }, [bridge, hasCity]);
  return hasCity ? bounds : null;
}

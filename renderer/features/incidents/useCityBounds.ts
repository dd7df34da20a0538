import { useEffect, useState } from 'react';
import type { Bounds } from '../../../core/places/city.ts';
import { useBridge } from '../../bridge/index.ts';
import { useStation } from '../../desk/hallData.tsx';
import { loadArea } from '../../map/basemap/hallBasemap.ts';
import { loadMeta } from '../../map/city.ts';
import { cityFiles } from '../../map/useScene.ts';

/** The bounds of the city, or of the hall's own map; null while they are not known, and in a hall without either. */
export function useCityBounds(): Bounds | null {
  const bridge = useBridge();
  const simulated = useStation()?.simulated;
  const [bounds, setBounds] = useState<Bounds | null>(null);
  useEffect(() => {
    if (simulated === undefined) return;
    const stop = new AbortController();
    const load: typeof loadMeta | typeof loadArea = simulated ? loadMeta : loadArea;
    load(cityFiles(bridge), stop.signal).then(
      (of) => setBounds(of?.bounds ?? null),
      () => {}, // Without them every place is taken; that the city's files are missing is the map's to say.
    );
    return () => stop.abort();
  }, [bridge, simulated]);
  return bounds;
}

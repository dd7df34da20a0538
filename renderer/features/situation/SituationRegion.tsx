import { useLayoutEffect, useState } from 'react';
import { useBridge } from '../../bridge/index.ts';
import { useDesk, useDeskStore, useSelect } from '../../desk/DeskProvider.tsx';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import type { RegionProps } from '../../desk/feature.ts';
import { useStation } from '../../desk/hallData.tsx';
import { useScale } from '../../desk/useScale.ts';
import { useLang } from '../../i18n/index.ts';
import { SituationMap } from '../../map/SituationMap.tsx';
import type { Scene } from '../../map/scene.ts';

/** The map with what the seat has selected. On a wall it has no controls. */
export function SituationRegion({ wall }: RegionProps) {
  const { lang } = useLang();
  const theme = useDesk((desk) => desk.theme);
  const selection = useDesk((desk) => desk.selection);
  const select = useSelect();
  const scale = useScale();
  const { mapLayers } = useFeatures();
  const desk = useDeskStore();
  const bridge = useBridge();
  // At the first look the welcome says it: what the hall tells of itself comes when all regions stand.
  const simulated = (useStation() ?? bridge.welcome())?.simulated;
  const [scene, setScene] = useState<Scene | null>(null);

  // What is looked at here can be pushed to a wall, from the first moment that it is on the screen.
  useLayoutEffect(() => {
    if (!scene || wall) return;
    const look = () => {
      const { lng, lat } = scene.map.getCenter();
      desk.getState().set({ mapView: { lon: lng, lat, zoom: scene.map.getZoom() } });
    };
    look();
    const moved = scene.map.on('moveend', look);
    return () => {
      moved.unsubscribe();
      desk.getState().set({ mapView: null });
    };
  }, [scene, wall, desk]);
  return (
    <SituationMap
      layers={mapLayers}
      selection={selection}
      onSelect={select}
      theme={theme}
      lang={lang}
      controls={wall === null}
      magnified={wall === null ? 1 : scale}
      view={wall?.view ?? null}
      hasCity={simulated ?? null}
      onReady={setScene}
    />
  );
}

import { useDesk, useSelect } from '../../desk/DeskProvider.tsx';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import type { RegionProps } from '../../desk/feature.ts';
import { useLang } from '../../i18n/index.ts';
import { SituationMap } from '../../map/SituationMap.tsx';

/** The map with what the seat has selected. On a wall it has no controls. */
export function SituationRegion({ wall }: RegionProps) {
  const { lang } = useLang();
  const theme = useDesk((desk) => desk.theme);
  const selection = useDesk((desk) => desk.selection);
  const select = useSelect();
  const { mapLayers } = useFeatures();
  return (
    <SituationMap
      layers={mapLayers}
      selection={selection}
      onSelect={select}
      theme={theme}
      lang={lang}
      controls={wall === null}
    />
  );
}

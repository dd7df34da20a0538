import { useTopicItem } from '../../bridge/index.ts';
import { useDesk, useSelect } from '../../desk/DeskProvider.tsx';
import type { RegionProps } from '../../desk/feature.ts';
import { useLang } from '../../i18n/index.ts';
import { SituationMap } from '../../map/SituationMap.tsx';

const NONE: readonly string[] = [];

/** The map with what the seat has selected and watches. On a wall it has no controls. */
export function SituationRegion({ wall }: RegionProps) {
  const { lang } = useLang();
  const theme = useDesk((desk) => desk.theme);
  const selection = useDesk((desk) => desk.selection);
  const seat = useDesk((desk) => desk.seat);
  const select = useSelect();
  const watched = useTopicItem('seats', seat)?.cameras ?? NONE;
  return (
    <SituationMap
      selection={selection}
      onSelect={select}
      theme={theme}
      lang={lang}
      watched={watched}
      controls={wall === null}
    />
  );
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { useStation } from '../desk/hallData.tsx';
import { useSeatName } from '../desk/words.ts';
import { useWorld } from '../desk/world.ts';
import { useLang } from '../i18n/index.ts';

/**
 * Names the window by what tells it from others, the first words first: where many are open only those are seen.
 *
 * @param screen of the wall that the window is
 */
export function useWindowTitle(screen: string | null): void {
  const { t } = useTranslation();
  const region = useDesk((desk) => desk.region);
  const seat = useDesk((desk) => desk.seat);
  const seatName = useSeatName();
  const features = useFeatures();
  const { text } = useLang();
  const world = useWorld();

  const drill = world?.kind === 'drill' ? t('worlds:title', { name: world.name ? text(world.name) : world.id }) : '';
  const what = region === 'wall' ? (screen ?? '') : features.has(region) ? t(features.region(region).title) : '';
  const parts = [drill, what, region === 'wall' ? '' : seatName(seat)];
  const hall = useStation()?.name;
  const title = [...parts, hall ? text(hall) : t('common:title.product')].filter((part) => part !== '').join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

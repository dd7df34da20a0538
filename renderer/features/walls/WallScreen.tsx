import { IconDeviceTv } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useTopicItem } from '../../bridge/index.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { keyOf } from '../../desk/refusals.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { WallScene } from './WallScene.tsx';

/** One screen of the wall: what was pushed to it, large. It follows no seat, and the hall knows that it is there. */
export function WallScreen({ screen }: { screen: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const view = useTopicItem('walls', screen);
  useEffect(
    () =>
      bridge.bulk(
        'wall',
        { screen },
        () => undefined,
        (error) => {
          if (error) desk.getState().refuse('wall', { place: null, why: error });
          else desk.getState().heed(keyOf('wall', { place: null }));
        },
      ),
    [bridge, screen, desk],
  );
  useEffect(() => {
    desk.getState().adopt(view?.selection ?? null);
  }, [desk, view]);

  if (!view) {
    return (
      <EmptyState
        icon={<IconDeviceTv size="4rem" stroke={1.2} />}
        title={t('walls:empty', { screen })}
        hint={t('walls:empty-hint')}
      />
    );
  }
  return <WallScene view={view} />;
}

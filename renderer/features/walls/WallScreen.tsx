import { IconDeviceTv } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useTopicItem } from '../../bridge/index.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useErrorText } from '../../ui/ErrorNote.tsx';
import { WallScene } from './WallScene.tsx';

/** One screen of the wall: what was pushed to it, large. It follows no seat, and the hall knows that it is there. */
export function WallScreen({ screen }: { screen: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const errorText = useErrorText();
  const view = useTopicItem('walls', screen);
  useEffect(
    () =>
      bridge.bulk(
        'wall',
        { screen },
        () => undefined,
        (error) => error && desk.getState().sayOnce({ tone: 'error', text: errorText(error) }),
      ),
    [bridge, screen, desk, errorText],
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

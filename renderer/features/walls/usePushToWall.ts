import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';

/** Shows what is selected, or the region at hand, on a screen of the wall; on the first where none is named. */
export function usePushToWall(): (screen?: string) => Promise<void> {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const features = useFeatures();
  const { act } = useAct();
  return useCallback(
    async (screen) => {
      const { selection, activeRegion, seat, say } = desk.getState();
      const target = screen ?? [...bridge.items('walls').keys()].sort()[0] ?? 'wall-1';
      const watched = bridge.items('seats').get(seat)?.cameras ?? [];
      const scene =
        activeRegion === 'video'
          ? 'video'
          : activeRegion === 'plan'
            ? 'plan'
            : activeRegion === 'alarms' && !selection
              ? 'alarms'
              : 'situation';
      const done = await act('wall.show', { screen: target, scene, selection, cameras: watched });
      if (done)
        say({ tone: 'info', text: t('walls:shown', { screen: target, scene: t(features.region(scene).title) }) });
    },
    [t, bridge, desk, features, act],
  );
}

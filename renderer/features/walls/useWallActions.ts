import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { stateOf } from '../../desk/slice.ts';
import { screensOf, targetOf, wallDesk } from './wallDesk.ts';
import { line, useSceneName, useSubjectName } from './words.ts';

/** What a seat does with screens of the wall. */
export interface WallActions {
  /**
   * Shows the region at hand with what is selected and what the map looks at, and says what is shown where.
   *
   * @param screen left out: the one last used, else the first that is open
   */
  push(screen?: string): Promise<void>;
  clear(screen: string): Promise<void>;
  /** Opens the list of screens, or closes it. */
  toggleList(): void;
}

export function useWallActions(): WallActions {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const features = useFeatures();
  const { act } = useAct();
  const { subject } = useActions();
  const sceneName = useSceneName();
  const subjectName = useSubjectName();
  return useMemo(
    () => ({
      async push(screen) {
        const { selection, activeRegion, seat, mapView, say } = desk.getState();
        const open = bridge.items('screens');
        const all = screensOf(open.keys(), bridge.items('walls').keys());
        const target = screen ?? targetOf(stateOf(desk.getState(), wallDesk).screen, new Set(open.keys()), all);
        if (target === null) {
          say({ tone: 'error', text: t('walls:none', { address: `${location.origin}/#/wall/wall-1` }) });
          return;
        }
        const middle = features.regions.find(({ place }) => place === 'middle');
        const atHand = features.regions.find(({ id, wall }) => id === activeRegion && wall === 'scene') ?? middle;
        if (!atHand) return;
        const cameras = bridge.items('seats').get(seat)?.cameras ?? [];
        const view = atHand === middle && mapView ? { view: mapView } : {};
        const done = await act('wall.show', { screen: target, scene: atHand.id, selection, cameras, ...view });
        if (!done) return;
        desk.getState().setIn(wallDesk, { screen: target });
        const what = line(sceneName(atHand.id), subjectName(subject()));
        if (bridge.items('screens').has(target))
          say({ tone: 'info', text: t('walls:shown', { screen: target, what }) });
        else say({ tone: 'error', text: t('walls:shown-nowhere', { screen: target, what }) });
      },
      async clear(screen) {
        if (await act('wall.clear', { screen }))
          desk.getState().say({ tone: 'info', text: t('walls:cleared', { screen }) });
      },
      toggleList() {
        desk.getState().setIn(wallDesk, { list: !stateOf(desk.getState(), wallDesk).list });
      },
    }),
    [t, bridge, desk, features, act, subject, sceneName, subjectName],
  );
}

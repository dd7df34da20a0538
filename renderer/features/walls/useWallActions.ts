import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { stateOf } from '../../desk/slice.ts';
import { useSubjectName } from '../../desk/words.ts';
import { SaidHere } from '../../ui/ErrorNote.tsx';
import { SHEET, screensOf, targetOf, wallDesk } from './wallDesk.ts';
import { line, useSceneName } from './words.ts';

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
  return useMemo(() => {
    /** Where a refusal stands: in the list of screens while that is open, else in the region that was to be shown. */
    const placeOf = (region: string | null) => (stateOf(desk.getState(), wallDesk).list ? SHEET : region);
    return {
      async push(screen) {
        const { selection, activeRegion, seat, mapView, say, refuse } = desk.getState();
        const open = bridge.items('screens');
        const all = screensOf(open.keys(), bridge.items('walls').keys());
        const target = screen ?? targetOf(stateOf(desk.getState(), wallDesk).screen, new Set(open.keys()), all);
        const middle = features.regions.find(({ place }) => place === 'middle');
        const atHand = features.regions.find(({ id, wall }) => id === activeRegion && wall === 'scene') ?? middle;
        if (!atHand) return;
        const where = { place: placeOf(atHand.id), about: selection };
        if (target === null) {
          const address = `${location.origin}/#/wall/wall-1`;
          return refuse('wall.show', { ...where, why: new SaidHere('walls:none', { address }) });
        }
        const cameras = bridge.items('seats').get(seat)?.cameras ?? [];
        const view = atHand === middle && mapView ? { view: mapView } : {};
        const what = { scene: atHand.id, selection, cameras, ...view };
        if (!(await act('wall.show', { screen: target, ...what }, where))) return;
        desk.getState().setIn(wallDesk, { screen: target });
        if (bridge.items('screens').has(target))
          say(t('walls:shown', { screen: target, what: line(sceneName(atHand.id), subjectName(subject())) }));
        else refuse('wall.show', { ...where, why: new SaidHere('walls:shown-nowhere', { screen: target }) });
      },
      async clear(screen) {
        if (await act('wall.clear', { screen }, { place: placeOf(null) }))
          desk.getState().say(t('walls:cleared', { screen }));
      },
      toggleList() {
        desk.getState().setIn(wallDesk, { list: !stateOf(desk.getState(), wallDesk).list });
      },
    };
  }, [t, bridge, desk, features, act, subject, sceneName, subjectName]);
}

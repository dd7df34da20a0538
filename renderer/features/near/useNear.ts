import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { unitPlace } from '../../desk/placeNow.ts';
import { sameSelection } from '../../desk/selection.ts';
import { stateOf } from '../../desk/slice.ts';
import type { Subject } from '../../desk/subject.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { nearDesk } from './nearDesk.ts';

/** Looks around from what is selected, or no longer. */
export function useNear(): () => Promise<void> {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const { subject, isHere, focusRegion } = useActions();
  const { units } = useDirectory();
  const whatAndWhere = useWhatAndWhere();
  const { text } = useLang();

  return useCallback(async () => {
    const say = (sentence: string) => desk.getState().say(sentence);
    const its: Subject = subject();
    const { selection } = its;
    const { around } = stateOf(desk.getState(), nearDesk);
    if (around !== null && (selection === null || sameSelection(around.selection, selection))) {
      desk.getState().setIn(nearDesk, { around: null });
      return;
    }
    const at = (selection?.kind === 'unit' && (await unitPlace(bridge, selection.id))) || its.at;
    if (selection === null || !at) return say(t('near:select-first'));
    if (!isHere('detail')) return say(t('near:elsewhere'));
    const title = await titleOf(selection.kind);
    const run = its.run?.state === 'running' ? its.run.id : null;
    // The region before what comes to stand in it: that takes the focus further, to its radius.
    focusRegion('detail');
    desk.getState().setIn(nearDesk, { around: { selection, title, lon: at.lon, lat: at.lat, run } });

    async function titleOf(kind: NonNullable<Subject['selection']>['kind']): Promise<string> {
      const id = selection?.id ?? '';
      const thing = kind === 'alarm' ? its.alarm : its.incident;
      if (thing) return whatAndWhere(thing);
      const named = its.camera ?? its.sensor;
      if (named) return text(named.name);
      if (kind === 'unit') return units.get(id)?.callSign ?? id;
      const place = await bridge.page('places.one', { id }).then(
        ({ rows }) => rows[0],
        () => undefined,
      );
      return place ? text(place.name) : t('situation:point');
    }
  }, [t, bridge, desk, subject, isHere, focusRegion, units, whatAndWhere, text]);
}

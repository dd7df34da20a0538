import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level } from '../../../../contract/schema/basics.ts';
import { NUMERAL } from '../../../../core/words.ts';
import { useBridge } from '../../../bridge/index.ts';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { alarmPoints } from './alarmPoints.ts';
import { AlarmsLegend } from './Legend.tsx';
import { pulse } from './pulses.ts';
import { ALARMS, APART } from './sources.ts';
import { useSpread } from './useSpread.ts';

/** Puts the alarms onto the map, past React, in the window's turn. The chosen one is never hidden behind a number. */
export function useAlarms({ scene, say, selection }: MapView): OnMap {
  const { t } = useTranslation();
  const bridge = useBridge();
  const chosen = selection?.kind === 'alarm' ? selection.id : null;
  const { spread, pointed } = useSpread(scene);

  useEffect(() => {
    if (!scene) return;
    const put = () => {
      let points: ReturnType<typeof alarmPoints> | undefined;
      const made = () => {
        points ??= alarmPoints(bridge.items('alarms').values(), { chosen, spread }, say);
        return points;
      };
      scene.setNews(ALARMS, () => made().together);
      scene.setNews(APART, () => made().apart);
    };
    const stop = bridge.subscribe('alarms', () => bridge.turns.tell(put));
    return () => {
      stop();
      bridge.turns.forget(put);
    };
  }, [bridge, scene, say, chosen, spread]);

  useEffect(() => (scene ? pulse(scene.map) : undefined), [scene]);

  useShortcuts([
    {
      id: 'alarms.close-spread',
      keys: ['escape'],
      scope: 'situation',
      label: 'alarms:key.close-spread',
      enabled: () => spread.size > 0,
      run: () => pointed(null),
    },
  ]);

  return {
    legend: <AlarmsLegend />,
    tip: ({ selection: one, properties: { point_count: count, worst, fresh } }) =>
      one === null
        ? [
            t('alarms:map.cluster', { count: Number(count), level: NUMERAL[Number(worst) as Level] }),
            Number(fresh) > 0 ? t('alarms:map.new', { n: Number(fresh) }) : t('alarms:map.all-seen'),
            t('alarms:map.opens'),
          ]
        : [],
    placeOf: useCallback(
      ({ kind, id }) => (kind === 'alarm' ? (bridge.items('alarms').get(id)?.place ?? null) : null),
      [bridge],
    ),
    pointed,
    things: () =>
      [...bridge.items('alarms').values()].map(({ id, title, place }) => ({
        ...{ kind: 'alarm', id, at: place },
        ...{ zh: `${place.name.zh} · ${title.zh}`, en: `${place.name.en} · ${title.en}` },
      })),
  };
}

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level } from '../../../../contract/schema/basics.ts';
import { NUMERAL } from '../../../../core/words.ts';
import { useBridge } from '../../../bridge/index.ts';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import type { Inked } from '../../../map/ink/mark.ts';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { createAlarmMarks } from './alarmMarks.ts';
import { alarmPoints } from './alarmPoints.ts';
import { AlarmsLegend } from './Legend.tsx';
import { createPulses } from './pulses.ts';
import { useSpread } from './useSpread.ts';

/** Puts the alarms onto the map, past React, in the window's turn. The chosen one is never hidden behind a number. */
export function useAlarms({ scene, say, selection }: MapView): OnMap {
  const { t } = useTranslation();
  const bridge = useBridge();
  const chosen = selection?.kind === 'alarm' ? selection.id : null;
  const marks = useMemo(createAlarmMarks, []);
  const inked = useRef<Inked | null>(null);
  const { spread, pointed } = useSpread(scene, marks);

  useEffect(() => {
    if (!scene) return;
    const pulses = createPulses(scene.map);
    const put = scene.ink('alarms', { at: marks.at, drawn: pulses.show });
    inked.current = put;
    return () => {
      put.remove();
      pulses.stop();
    };
  }, [scene, marks]);

  useEffect(() => {
    if (!scene) return;
    const put = () => {
      marks.put(() => alarmPoints(bridge.items('alarms').values(), { chosen, spread }, say));
      inked.current?.changed();
    };
    const stop = bridge.subscribe('alarms', () => bridge.turns.tell(put));
    return () => {
      stop();
      bridge.turns.forget(put);
    };
  }, [bridge, scene, say, chosen, spread, marks]);

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

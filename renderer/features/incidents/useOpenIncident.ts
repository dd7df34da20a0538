import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { alarmQueue, isWorseSinceClosed } from '../../desk/alarmQueue.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';

/** Makes an alarm an incident and selects it: the one given, the selected one, or the most urgent. */
export function useOpenIncident(): (alarm?: AlarmView) => Promise<void> {
  const { t } = useTranslation();
  const client = useBridge();
  const desk = useDeskStore();
  const { act } = useAct();
  const { subject } = useActions();
  return useCallback(
    async (given) => {
      const say = (text: string) => desk.getState().say(text);
      const { selection, alarm: selected, incident } = subject();
      const worse = selected !== null && isWorseSinceClosed(selected, incident);
      if (!given && selection?.kind === 'incident' && !worse) return say(t('incidents:already-incident'));
      const alarm = given ?? selected ?? alarmQueue(client.items('alarms').values())[0];
      if (!alarm) return say(t('incidents:select-first'));
      const about = { kind: 'alarm' as const, id: alarm.id, at: null };
      const answer = await act('incidents.open', { alarm: alarm.id }, { place: 'detail', about });
      if (!answer) return;
      const { lon, lat } = alarm.place;
      desk.getState().select({ kind: 'incident', id: answer.incident, at: { lon, lat } });
    },
    [t, client, desk, act, subject],
  );
}

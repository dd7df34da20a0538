import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { alarmQueue, nextToAcknowledge } from '../../desk/alarmQueue.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';

/** Acknowledges the alarm that is given; else the selected one if it waits for it, else the first that does. */
export function useAcknowledge(): (alarm?: AlarmView) => Promise<void> {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const { act } = useAct();
  return useCallback(
    async (given) => {
      const { selection, say, select } = desk.getState();
      const queue = alarmQueue(bridge.items('alarms').values());
      const alarm = given ?? nextToAcknowledge(queue, selection?.kind === 'alarm' ? selection.id : null);
      if (!alarm) return say({ tone: 'info', text: t('alarms:nothing-to-acknowledge') });
      const { lon, lat } = alarm.place;
      select({ kind: 'alarm', id: alarm.id, at: { lon, lat } });
      await act('alarms.acknowledge', { alarm: alarm.id });
    },
    [t, bridge, desk, act],
  );
}

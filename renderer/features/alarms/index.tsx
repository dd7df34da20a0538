import { IconBell } from '@tabler/icons-react';
import { useTopic } from '../../bridge/index.ts';
import { wantsAcknowledgement } from '../../desk/alarmQueue.ts';
import { defineFeature } from '../../desk/feature.ts';
import type { Need } from '../../desk/layout.ts';
import { useMay } from '../../desk/rights.ts';
import { AlarmDetail } from './AlarmDetail.tsx';
import { AlarmQueue } from './AlarmQueue.tsx';
import { AlarmSound } from './AlarmSound.tsx';
import { alarmLayer } from './map/layer.ts';
import { queueSlice } from './queue/queueStore.ts';
import { SoundBar } from './SoundBar.tsx';
import { useAcknowledge } from './useAcknowledge.ts';
import { useAlarmCommands } from './useAlarmCommands.ts';

/** Waiting alarms that the usual room of the queue shows at once. */
const SHOWN_AT_ONCE = 8;

function useNeed(): Need {
  const alarms = useTopic('alarms');
  const waiting = [...alarms.values()].filter(wantsAcknowledgement).length;
  return waiting > SHOWN_AT_ONCE ? 2 : alarms.size > 0 ? 1 : 0;
}

export default defineFeature({
  name: 'alarms',
  regions: [
    {
      id: 'alarms',
      number: 2,
      title: 'alarms:region',
      icon: IconBell,
      place: 'beside-above',
      wall: 'scene',
      content: AlarmQueue,
      useCount: () => [...useTopic('alarms').values()].filter(wantsAcknowledgement).length,
      useNeed,
      alongside: AlarmSound,
      away: SoundBar,
    },
  ],
  details: { alarm: ({ alarm, sensor }) => alarm && <AlarmDetail key={alarm.id} alarm={alarm} sensor={sensor} /> },
  mapLayers: [alarmLayer],
  slice: queueSlice,
  useKeys() {
    const acknowledge = useAcknowledge();
    if (!useMay().call('alarms.acknowledge')) return [];
    return [{ id: 'acknowledge', keys: ['space'], label: 'alarms:key.acknowledge', run: acknowledge.bySpace }];
  },
  useCommands: useAlarmCommands,
});

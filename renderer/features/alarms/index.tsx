import { IconBell } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTopic, useTopicValue } from '../../bridge/index.ts';
import { defineFeature, type RegionProps } from '../../desk/feature.ts';
import type { Need } from '../../desk/layout.ts';
import { useMay } from '../../desk/rights.ts';
import { AlarmDetail } from './AlarmDetail.tsx';
import { AlarmQueue } from './AlarmQueue.tsx';
import { AlarmSound } from './AlarmSound.tsx';
import { alarmLayer } from './map/layer.ts';
import { PastAlarms } from './past/PastAlarms.tsx';
import { usePastKeys } from './past/usePastKeys.ts';
import { queueSlice, useQueue } from './queue/queueStore.ts';
import { SoundBar } from './SoundBar.tsx';
import { soundsOf } from './sound.ts';
import { useAcknowledge } from './useAcknowledge.ts';
import { useAlarmCommands } from './useAlarmCommands.ts';
import { useWaiting } from './useWaiting.ts';

/** The queue, or a list of past alarms in its place; a wall has the queue. */
function AlarmsRegion({ wall }: RegionProps) {
  const shown = useQueue((queue) => queue.shown);
  return shown === null || wall !== null ? <AlarmQueue /> : <PastAlarms shown={shown} />;
}

/** Waiting alarms that the usual room of the queue shows at once. */
const SHOWN_AT_ONCE = 8;

function useNeed(): Need {
  const past = useQueue((queue) => queue.shown !== null);
  const many = useWaiting() > SHOWN_AT_ONCE;
  const some = useTopicValue('alarms', ({ size }) => size > 0);
  return past || many ? 2 : some ? 1 : 0;
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
      content: AlarmsRegion,
      useCount: useWaiting,
      useNeed,
      alongside: AlarmSound,
      away: SoundBar,
    },
  ],
  details: { alarm: ({ alarm, sensor }) => alarm && <AlarmDetail key={alarm.id} alarm={alarm} sensor={sensor} /> },
  mapLayers: [alarmLayer],
  slice: queueSlice,
  useSounds() {
    const alarms = useTopic('alarms');
    return useMemo(() => soundsOf(alarms.values()), [alarms]);
  },
  useKeys() {
    const acknowledge = useAcknowledge();
    const past = usePastKeys();
    if (!useMay().call('alarms.acknowledge')) return past;
    return [{ id: 'acknowledge', keys: ['space'], label: 'alarms:key.acknowledge', run: acknowledge.bySpace }, ...past];
  },
  useCommands: useAlarmCommands,
});

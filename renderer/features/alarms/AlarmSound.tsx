import { useMemo } from 'react';
import { useTopic } from '../../bridge/index.ts';
import { Sounding } from '../../desk/sound/Sounding.tsx';
import { soundsOf } from './sound.ts';
import { WorstSaid } from './WorstSaid.tsx';

/** Sounds for the alarms on the screen, and says the worst; in the windows that hold the queue. */
export function AlarmSound() {
  const alarms = useTopic('alarms');
  const sounds = useMemo(() => soundsOf(alarms.values()), [alarms]);
  return (
    <>
      <Sounding sounds={sounds} />
      <WorstSaid alarms={alarms} />
    </>
  );
}

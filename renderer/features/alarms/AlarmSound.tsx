import { useMemo } from 'react';
import { useTopic } from '../../bridge/index.ts';
import { Sounding } from '../../desk/sound/Sounding.tsx';
import { soundsOf } from './sound.ts';

/** Sounds for the alarms on the screen; in the windows that hold the queue. */
export function AlarmSound() {
  const alarms = useTopic('alarms');
  const sounds = useMemo(() => soundsOf(alarms.values()), [alarms]);
  return <Sounding sounds={sounds} />;
}

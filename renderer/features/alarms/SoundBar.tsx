import { useMemo } from 'react';
import { useTopic } from '../../bridge/index.ts';
import { SoundBar as Bar, type SoundWords } from '../../desk/sound/SoundBar.tsx';
import { soundsOf } from './sound.ts';

const WORDS: SoundWords = {
  ...{ sounding: 'alarms:sound.sounding', anew: 'alarms:sound.sounding-anew', silent: 'alarms:sound.silent' },
};

/** Of alarms that are to be heard and are not, or may be muted; in every window that sounds. */
export function SoundBar() {
  const alarms = useTopic('alarms');
  const sounds = useMemo(() => soundsOf(alarms.values()), [alarms]);
  return <Bar sounds={sounds} words={WORDS} />;
}

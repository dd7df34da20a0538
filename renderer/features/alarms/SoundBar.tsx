import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { SoundBar as Bar, type SoundWords } from '../../desk/sound/SoundBar.tsx';

const WORDS: SoundWords = {
  ...{ sounding: 'alarms:sound.sounding', anew: 'alarms:sound.sounding-anew', silent: 'alarms:sound.silent' },
};

/** Of alarms, and what else sounds as they do, that are to be heard and are not, or may be muted; in every window that sounds. */
export function SoundBar() {
  const sounds = useFeatures().useSounds();
  return <Bar sounds={sounds} words={WORDS} />;
}

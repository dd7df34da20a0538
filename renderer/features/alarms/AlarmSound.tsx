import { useTopic } from '../../bridge/index.ts';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { Sounding } from '../../desk/sound/Sounding.tsx';
import { WorstSaid } from './WorstSaid.tsx';

/** Sounds for the alarms on the screen and for what else is to be heard, and says the worst alarm; in the windows that hold the queue. */
export function AlarmSound() {
  const alarms = useTopic('alarms');
  const sounds = useFeatures().useSounds();
  return (
    <>
      <Sounding sounds={sounds} />
      <WorstSaid alarms={alarms} />
    </>
  );
}

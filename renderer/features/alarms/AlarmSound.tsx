import { useEffect, useRef } from 'react';
import { useTopic } from '../../bridge/index.ts';
import { useDeskStore } from '../../workspace/DeskProvider.tsx';
import { type AlarmSpeaker, createAlarmSpeaker, hearing, occurrenceOf, PERIOD } from './sound.ts';

/** Sounds for the alarms on the screen; mounted once, in the windows that hold the queue. */
export function AlarmSound() {
  const alarms = useTopic('alarms');
  const desk = useDeskStore();
  const speaker = useRef<AlarmSpeaker | null>(null);
  const known = useRef<Set<string>>(new Set());
  const { repeat, once } = hearing(alarms.values(), known.current);

  useEffect(() => {
    const made = createAlarmSpeaker();
    speaker.current = made;
    const unblock = () => made.unblock();
    window.addEventListener('keydown', unblock, true);
    window.addEventListener('pointerdown', unblock, true);
    return () => {
      window.removeEventListener('keydown', unblock, true);
      window.removeEventListener('pointerdown', unblock, true);
      made.close();
    };
  }, []);

  useEffect(() => {
    for (const alarm of alarms.values()) known.current.add(occurrenceOf(alarm));
    if (once !== null && repeat === null && !isMuted(desk.getState().muted)) speaker.current?.sound(once);
  }, [alarms, once, repeat, desk]);

  useEffect(() => {
    if (repeat === null || repeat > 2) return;
    const level = repeat === 1 ? 1 : 2;
    const sound = () => {
      if (isMuted(desk.getState().muted)) return;
      const blocked = speaker.current?.sound(level) === false;
      if (desk.getState().soundBlocked !== blocked) desk.getState().set({ soundBlocked: blocked });
    };
    sound();
    const timer = setInterval(sound, PERIOD[level] * 1000);
    return () => clearInterval(timer);
  }, [repeat, desk]);

  return null;
}

function isMuted(muted: { until: number } | null): boolean {
  return muted !== null && muted.until > Date.now();
}

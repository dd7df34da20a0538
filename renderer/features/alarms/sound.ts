import type { AlarmView } from '../../../contract/features/alarms.ts';
import { type Heard, MOST_HEARD, type Mute } from '../../../contract/features/seats.ts';
import type { Level } from '../../../contract/schema/basics.ts';
import { byUrgency, wantsAcknowledgement } from '../../desk/alarmQueue.ts';

/** What ought to be heard: a tone that repeats until somebody acknowledges, or one that is played once. */
export interface Hearing {
  readonly repeat: Level | null;
  readonly once: Level | null;
}

/** Which alarms a seat has silenced: those it heard, unless they have come back or got worse. `now`: the hall's time. */
function silenced(mute: Mute | null, now: number): (alarm: AlarmView) => boolean {
  if (mute === null || mute.until <= now) return () => false;
  const heard = new Map(mute.heard.map((it) => [`${it.alarm}#${it.occurrence}`, it.level]));
  return (alarm) => alarm.level >= (heard.get(occurrenceOf(alarm)) ?? Number.POSITIVE_INFINITY);
}

/** Every alarm that waits to be acknowledged, to be silenced; the most urgent where there are too many. */
export function heardNow(alarms: Iterable<AlarmView>): Heard[] {
  return [...alarms]
    .filter(wantsAcknowledgement)
    .sort(byUrgency)
    .slice(0, MOST_HEARD)
    .map(({ id, occurrence, level }) => ({ alarm: id, occurrence, level }));
}

/**
 * Levels I and II repeat until acknowledged; III and IV sound once when they are new.
 *
 * @param known occurrences heard of before
 * @param mute what the seat has silenced
 * @param now the hall's time, ms since 1970
 */
export function hearing(
  alarms: Iterable<AlarmView>,
  known: ReadonlySet<string>,
  mute: Mute | null,
  now: number,
): Hearing {
  const silent = silenced(mute, now);
  let repeat: Level | null = null;
  let once: Level | null = null;
  for (const alarm of alarms) {
    if (!wantsAcknowledgement(alarm) || silent(alarm)) continue;
    if (alarm.level <= 2) {
      if (repeat === null || alarm.level < repeat) repeat = alarm.level;
    } else if (!known.has(occurrenceOf(alarm)) && (once === null || alarm.level < once)) once = alarm.level;
  }
  return { repeat, once };
}

/** One raising of one alarm. */
export function occurrenceOf(alarm: AlarmView): string {
  return `${alarm.id}#${alarm.occurrence}`;
}

/** Tones in the manner of IEC 60601-1-8: more pulses, faster and higher, the more urgent. [start s, Hz, length s] */
export const TONES: Record<Level, readonly (readonly [number, number, number])[]> = {
  1: [
    [0, 988, 0.12],
    [0.17, 988, 0.12],
    [0.34, 988, 0.12],
    [0.62, 1319, 0.12],
    [0.79, 1319, 0.16],
  ],
  2: [
    [0, 784, 0.18],
    [0.25, 988, 0.18],
    [0.5, 784, 0.24],
  ],
  3: [
    [0, 659, 0.2],
    [0.26, 523, 0.28],
  ],
  4: [[0, 523, 0.3]],
};

/** Seconds from one sounding to the next. */
export const PERIOD: Record<1 | 2, number> = { 1: 2, 2: 3.5 };

/** The loudspeaker of a window. */
export interface AlarmSpeaker {
  /** Whether it can sound now: a browser lets nothing sound before a person has pressed a key in the page. */
  able(): boolean;
  sound(level: Level): void;
  /** To be called from a key press or click: the browser lets sound out from then on. */
  unblock(): void;
  close(): void;
}

/** A speaker that makes its tones itself: nothing to load, nothing to be missing. */
export function createAlarmSpeaker(): AlarmSpeaker {
  let context: AudioContext | null = null;
  const open = () => {
    context ??= new AudioContext({ latencyHint: 'interactive' });
    return context;
  };
  return {
    able() {
      const audio = open();
      if (audio.state === 'running') return true;
      // Allowed or not is not known before the promise is; what was asked for now is then heard at the next repeat.
      void audio.resume().catch(() => undefined);
      return false;
    },
    sound(level) {
      const audio = open();
      for (const [start, hertz, length] of TONES[level])
        tone(audio, audio.currentTime + start + 0.02, hertz, length, level);
    },
    unblock() {
      if (context && context.state !== 'running') void context.resume().catch(() => undefined);
    },
    close() {
      void context?.close().catch(() => undefined);
      context = null;
    },
  };
}

function tone(audio: AudioContext, at: number, hertz: number, length: number, level: Level): void {
  const gain = audio.createGain();
  const peak = level <= 2 ? 0.22 : 0.11;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(peak, at + 0.012);
  gain.gain.setValueAtTime(peak, at + length - 0.03);
  gain.gain.linearRampToValueAtTime(0, at + length);
  gain.connect(audio.destination);
  for (const [harmonic, share] of [
    [1, 1],
    [3, 0.22],
  ] as const) {
    const oscillator = audio.createOscillator();
    const part = audio.createGain();
    oscillator.frequency.value = hertz * harmonic;
    part.gain.value = share;
    oscillator.connect(part).connect(gain);
    oscillator.start(at);
    oscillator.stop(at + length + 0.02);
  }
}

import type { Level } from '../../../contract/schema/basics.ts';

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
export interface Speaker {
  /** Whether it can sound now: a browser lets nothing sound before a person has pressed a key in the page. */
  able(): boolean;
  sound(level: Level): void;
  /** To be called from a key press or click: the browser lets sound out from then on. */
  unblock(): void;
  close(): void;
}

/** A speaker that makes its tones itself: nothing to load, nothing to be missing. */
export function createSpeaker(): Speaker {
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

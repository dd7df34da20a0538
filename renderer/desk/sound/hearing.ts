import { type Heard, MOST_HEARD, type Mute } from '../../../contract/features/seats.ts';
import type { Level } from '../../../contract/schema/basics.ts';
import { createSoundLimit } from './limit.ts';

/** What waits for a person and is to be heard: one raising of an alarm, one call of a task. */
export interface Sound {
  readonly id: string;
  /** Another number is another call: it sounds anew. */
  readonly occurrence: number;
  readonly level: Level;
}

/** What ought to be heard now. */
export interface Hearing {
  /** A tone that repeats until somebody answers. */
  readonly repeat: 1 | 2 | null;
  /** A tone that is played once, now. */
  readonly once: Level | null;
  /** How many stand on the screen and are not heard, because there was no room for them. */
  readonly held: number;
}

export const QUIET: Hearing = { repeat: null, once: null, held: 0 };

/** Decides what of all that waits is heard (docs/adr/0073). */
export interface Annunciator {
  /**
   * Asked again when anything changes, and as time goes on.
   *
   * @param mute what the seat has silenced
   * @param now the hall's time, ms since 1970
   */
  hear(sounds: readonly Sound[], mute: Mute | null, now: number): Hearing;
}

/** So many that were called for are remembered before those that are over are forgotten. */
const REMEMBERED = 5000;

/**
 * Each new sound, and each that got worse, is one call for attention, and there is room for ten in ten minutes. Level I is always heard and
 * counts. Level II waits for room, and repeats from then on until answered, as level I does. Levels III and IV are heard once, or never.
 */
export function createAnnunciator(): Annunciator {
  const limit = createSoundLimit();
  /** At what level each was called for, or was left out for good. */
  const called = new Map<string, Level>();
  const leftOut = new Set<string>();

  return {
    hear(sounds, mute, now) {
      const silent = silenced(mute, now);
      let repeat: Hearing['repeat'] = null;
      let once: Level | null = null;
      let held = 0;
      for (const sound of byLevel(sounds)) {
        if (silent(sound)) continue;
        const { level } = sound;
        const key = occurrenceOf(sound);
        const before = called.get(key);
        let heard = before !== undefined && before <= level;
        if (!heard && limit.take(now, level === 1)) {
          heard = true;
          leftOut.delete(key);
          called.set(key, level);
          if (level > 2) once ??= level;
        } else if (!heard && level > 2) {
          leftOut.add(key);
          called.set(key, level);
        }
        if (!heard || leftOut.has(key)) held += 1;
        else if (level <= 2) repeat ??= level === 1 ? 1 : 2;
      }
      if (called.size > REMEMBERED) forget(new Set(sounds.map(occurrenceOf)));
      return { repeat, once, held };
    },
  };

  function forget(present: ReadonlySet<string>): void {
    for (const key of called.keys())
      if (!present.has(key)) {
        called.delete(key);
        leftOut.delete(key);
      }
  }
}

const LEVELS = [1, 2, 3, 4] as const satisfies readonly Level[];

/** The worst first, without a list of its own: all that wait are looked through whenever one comes. */
function* byLevel(sounds: readonly Sound[]): Generator<Sound> {
  for (const level of LEVELS) for (const sound of sounds) if (sound.level === level) yield sound;
}

/** Which sounds a seat has silenced: those it heard, unless they have come back or got worse. `now`: the hall's time. */
function silenced(mute: Mute | null, now: number): (sound: Sound) => boolean {
  if (mute === null || mute.until <= now) return () => false;
  const heard = new Map(mute.heard.map((it) => [`${it.alarm}#${it.occurrence}`, it.level]));
  return (sound) => sound.level >= (heard.get(occurrenceOf(sound)) ?? Number.POSITIVE_INFINITY);
}

/** Everything that sounds, to be silenced; the first where there are too many. */
export function heardNow(sounds: readonly Sound[]): Heard[] {
  return sounds.slice(0, MOST_HEARD).map(({ id, occurrence, level }) => ({ alarm: id, occurrence, level }));
}

const occurrences = new WeakMap<Sound, string>();

/** One occurrence of one sound; made once for each. */
function occurrenceOf(sound: Sound): string {
  const known = occurrences.get(sound) ?? `${sound.id}#${sound.occurrence}`;
  occurrences.set(sound, known);
  return known;
}

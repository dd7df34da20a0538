import { type Heard, MOST_HEARD, type Mute } from '../../../contract/features/seats.ts';
import type { Level } from '../../../contract/schema/basics.ts';

/** What waits for a person and is to be heard: one raising of an alarm, one call of a task. */
export interface Sound {
  readonly id: string;
  /** Another number is another call: it sounds anew. */
  readonly occurrence: number;
  readonly level: Level;
}

/** What ought to be heard: a tone that repeats until somebody answers, or one that is played once. */
export interface Hearing {
  readonly repeat: Level | null;
  readonly once: Level | null;
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

/**
 * Levels I and II repeat until answered; III and IV sound once when they are new.
 *
 * @param known occurrences heard of before
 * @param mute what the seat has silenced
 * @param now the hall's time, ms since 1970
 */
export function hearing(sounds: readonly Sound[], known: ReadonlySet<string>, mute: Mute | null, now: number): Hearing {
  const silent = silenced(mute, now);
  let repeat: Level | null = null;
  let once: Level | null = null;
  for (const sound of sounds) {
    if (silent(sound)) continue;
    if (sound.level <= 2) {
      if (repeat === null || sound.level < repeat) repeat = sound.level;
    } else if (!known.has(occurrenceOf(sound)) && (once === null || sound.level < once)) once = sound.level;
  }
  return { repeat, once };
}

/** One occurrence of one sound. */
export function occurrenceOf({ id, occurrence }: Sound): string {
  return `${id}#${occurrence}`;
}

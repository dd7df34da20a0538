/**
 * Hybrid logical clock (Kulkarni et al., 2014): wall milliseconds and a counter, written `<11 hex ms>-<4 hex counter>`
 * so that comparing the texts compares the times. It never goes back, and what a station writes after it has seen an event
 * sorts after that event, whatever the two wall clocks say (docs/adr/0018).
 */
export type Hlc = string;

const MAX_COUNTER = 0xffff;
const PATTERN = /^([0-9a-f]{11})-([0-9a-f]{4})$/;

/**
 * Start of the year 2400. No clock of a PC says more, however wrong it is: a battery that ran out, a wrong century. Times up to here
 * bind; the 127 years behind it are room, so that nobody can leave a station without a time to write with (L6).
 */
export const FAR_MS = Date.UTC(2400, 0, 1);

/** Beyond {@link FAR_MS} a time may lead by no more than this: as much as 65 million events written there take. */
const STEP_MS = 1000;

export const HLC_ZERO: Hlc = '00000000000-0000';

export function formatHlc(wall: number, counter: number): Hlc {
  return `${wall.toString(16).padStart(11, '0')}-${counter.toString(16).padStart(4, '0')}`;
}

/** @throws RangeError when the text is not a hybrid time. */
export function parseHlc(text: string): { wall: number; counter: number } {
  const match = PATTERN.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a hybrid logical time; it reads like 0193a4b2c3d-0000`);
  return { wall: Number.parseInt(match[1] as string, 16), counter: Number.parseInt(match[2] as string, 16) };
}

export function isHlc(text: string): boolean {
  return PATTERN.test(text);
}

/** The time of the next local event. A wall clock that stands beyond {@link FAR_MS} counts as standing there. */
export function tick(last: Hlc, now: number): Hlc {
  const here = Math.min(now, FAR_MS);
  const next = formatHlc(here, 0);
  if (next > last) return next;
  const { wall, counter } = parseHlc(last);
  return counter < MAX_COUNTER ? formatHlc(wall, counter + 1) : formatHlc(wall + 1, 0);
}

/**
 * The local clock after seeing a remote time: never behind either, whatever the wall clocks say. Only a time that no clock can have
 * said does not bind: one beyond {@link FAR_MS} that does not follow closely upon what was seen.
 */
export function witness(last: Hlc, remote: Hlc): Hlc {
  if (remote <= last) return last;
  const known = Math.max(parseHlc(last).wall, FAR_MS);
  return parseHlc(remote).wall - known > STEP_MS ? last : remote;
}

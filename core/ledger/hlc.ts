/**
 * Hybrid logical clock (Kulkarni et al., 2014): wall milliseconds and a counter, written `<11 hex ms>-<4 hex counter>`
 * so that comparing the texts compares the times. It never goes back, and what a station writes after it has seen an event
 * sorts after that event, whatever the two wall clocks say.
 */
export type Hlc = string;

const MAX_COUNTER = 0xffff;
const PATTERN = /^([0-9a-f]{11})-([0-9a-f]{4})$/;

/** A peer's clock may lead ours by this much and still move it; what leads more is merged, but does not move us. */
export const MAX_LEAD_MS = 48 * 3600 * 1000;

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

/** The time of the next local event. */
export function tick(last: Hlc, now: number): Hlc {
  const { wall, counter } = parseHlc(last);
  if (now > wall) return formatHlc(now, 0);
  return counter < MAX_COUNTER ? formatHlc(wall, counter + 1) : formatHlc(wall + 1, 0);
}

/** The local clock after seeing a remote time: never behind either, unless the remote leads by more than {@link MAX_LEAD_MS}. */
export function witness(last: Hlc, remote: Hlc, now: number): Hlc {
  if (remote <= last) return last;
  return parseHlc(remote).wall - now > MAX_LEAD_MS ? last : remote;
}

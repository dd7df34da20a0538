/** Where a value is going. */
export type Direction = 'up' | 'down' | 'steady';

/** What a sensor said; `t` in wall ms. */
export interface Heard {
  readonly t: number;
  readonly value: number;
}

/** A direction is told over this long, so that it does not change with each reading. */
const SPAN_MS = 60_000;
/** Less of a change than this share of the value is none. */
const STILL = 0.02;

/** What is kept of what was heard: the last minute in order of time; a clock that was set back begins anew. */
export function kept(before: readonly Heard[], { t, value }: Heard): readonly Heard[] {
  const last = before.at(-1);
  if (last?.t === t) return before;
  if (last && last.t > t) return [{ t, value }];
  return [...before.filter((each) => t - each.t <= SPAN_MS), { t, value }];
}

/** Where the value has been going; null while only one is known. */
export function directionOf(heard: readonly Heard[]): Direction | null {
  const first = heard[0];
  const last = heard.at(-1);
  if (heard.length < 2 || !first || !last) return null;
  const change = last.value - first.value;
  if (Math.abs(change) <= STILL * Math.max(Math.abs(first.value), Math.abs(last.value))) return 'steady';
  return change > 0 ? 'up' : 'down';
}

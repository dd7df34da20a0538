import { isStream, splitKey } from '../../core/ledger/stream.ts';

/** Letters that a station's name may have: it becomes part of event ids, file names and addresses. */
const STATION = /^[\w.@-]{1,60}$/;

/** The member of every object that names its prototype: a station of this name would be lost wherever names are keys. */
const NO_NAME = '__proto__';

/**
 * Recoveries a chain from outside may tell of. A hall recovers a handful of times in its life; a higher number would only use up
 * the names that are left.
 */
const MOST_RECOVERIES = 9999;

/** Whether a station can be called so. */
export function isStationName(station: string): boolean {
  return STATION.test(station) && station !== NO_NAME;
}

/** @throws RangeError when the name cannot be a station's. */
export function checkStation(station: string): void {
  if (isStationName(station)) return;
  throw new RangeError(
    `"${station}" cannot name a station. Use up to 60 letters, digits and . _ @ - (no ~, which marks a recovered chain, and not ${NO_NAME}).`,
  );
}

/** Whether a chain that comes from outside can be called so: a station's name, or that with `~2`, `~3` … behind it. */
export function isChainName(chain: string): boolean {
  const station = stationOf(chain);
  if (!isStationName(station)) return false;
  const number = chainNumber(station, chain);
  return number === 1 || (number !== null && number >= 2 && number <= MOST_RECOVERIES);
}

/** Whether a chain that comes from outside can have this key: its name, in a stream. */
export function isChainKey(key: string): boolean {
  const { stream, station } = splitKey(key);
  return isStream(stream) && isChainName(station);
}

/** 1 for `hall-a`, 2 for `hall-a~2`, in any stream; null when the chain is another station's. */
export function chainNumber(station: string, key: string): number | null {
  const { station: chain } = splitKey(key);
  if (chain === station) return 1;
  if (!chain.startsWith(`${station}~`)) return null;
  const number = chain.slice(station.length + 1);
  return /^(?:[2-9]|[1-9]\d{1,14})$/.test(number) ? Number(number) : null;
}

/** The station that writes, or wrote, a chain, by the chain's name or its key. */
export function stationOf(key: string): string {
  const { station: chain } = splitKey(key);
  const mark = chain.indexOf('~');
  return mark < 0 ? chain : chain.slice(0, mark);
}

/**
 * A chain name that none of `known` has in any stream: one number above the highest of them that other stations take. Forged names with numbers
 * beyond, in a ledger of before they were refused, are passed over.
 */
export function nextChain(station: string, known: Iterable<string>): string {
  const taken = new Set<number>();
  for (const chain of known) taken.add(chainNumber(station, chain) ?? 0);
  let next = Math.max(1, ...[...taken].filter((number) => number < MOST_RECOVERIES)) + 1;
  if (taken.has(next)) for (next = 2; taken.has(next); ) next++;
  return `${station}~${next}`;
}

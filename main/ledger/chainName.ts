/** Letters that a station's name may have: it becomes part of event ids, file names and addresses. */
const STATION = /^[\w.@-]{1,60}$/;

/** @throws RangeError when the name cannot be a station's. */
export function checkStation(station: string): void {
  if (STATION.test(station)) return;
  throw new RangeError(
    `"${station}" cannot name a station. Use up to 60 letters, digits and . _ @ - (no ~, which marks a recovered chain).`,
  );
}

/** 1 for `hall-a`, 2 for `hall-a~2`; null when the chain is another station's. */
export function chainNumber(station: string, chain: string): number | null {
  if (chain === station) return 1;
  if (!chain.startsWith(`${station}~`)) return null;
  const number = chain.slice(station.length + 1);
  return /^[1-9]\d{0,6}$/.test(number) ? Number(number) : null;
}

/** The station that writes, or wrote, a chain. */
export function stationOf(chain: string): string {
  const mark = chain.indexOf('~');
  return mark < 0 ? chain : chain.slice(0, mark);
}

/** A chain name that none of `known` has: one number above the highest of them. */
export function nextChain(station: string, known: Iterable<string>): string {
  let highest = 1;
  for (const chain of known) highest = Math.max(highest, chainNumber(station, chain) ?? 0);
  return `${station}~${highest + 1}`;
}

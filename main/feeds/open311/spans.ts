/** A span of time that is asked for; an open end is now. Wall ms. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** Shorter spans are not cut further: so many in so short a time is no city's day, or a server that heeds no dates. */
const SHORTEST_MS = 120_000;

/** The two halves of a span whose answer was full, the newer first; null where it is too short to be cut. */
export function halves({ from, to }: Span, now: number): readonly [Span, Span] | null {
  const middle = Math.floor((from + (to ?? now)) / 2000) * 1000;
  if ((to ?? now) - from < SHORTEST_MS) return null;
  return [
    { from: middle, to },
    { from, to: middle },
  ];
}

/** The address of a resource of the service, with what its own address asks for already. @param resource `requests` */
export function addressOf(service: string, resource: string, asked: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(service);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${resource}.json`;
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url;
}

/** Some servers fail at parts of seconds, and at zones that are none. */
export const timeText = (t: number): string => new Date(t).toISOString().replace(/\.\d+/, '');

/**
 * Streams part the ledger by what it is about, so that a station takes what it needs: `ops` (alarms, incidents, runs, handovers, walls), `cases`,
 * `config`, `audit`, and `drill:<id>` for each rehearsal. A chain belongs to one stream; nothing but the hybrid clock goes across.
 */
export type Stream = string;

export const OPS: Stream = 'ops';
export const AUDIT: Stream = 'audit';

/** Streams of later versions are named alike: they are kept and passed on. */
const STREAM = /^[a-z][a-z0-9]{0,19}(?::[\w-]{1,40})?$/;

export function isStream(text: string): boolean {
  return STREAM.test(text);
}

/** A chain within its stream, `ops/hall-a~2`: what have-vectors, heads and messages between stations call it by. */
export function chainKey({ stream, station }: { stream: Stream; station: string }): string {
  return `${stream}/${station}`;
}

/** {@link chainKey} for events one after another, most of them of one chain: those that follow have the very text of the one before. */
export function chainKeys(): typeof chainKey {
  let last = { stream: '', station: '', key: '/' };
  return ({ stream, station }) => {
    if (stream !== last.stream || station !== last.station)
      last = { stream, station, key: chainKey({ stream, station }) };
    return last.key;
  };
}

/** Stream and chain of a key; a text without a stream is the chain's own name. */
export function splitKey(key: string): { stream: Stream; station: string } {
  const slash = key.indexOf('/');
  return { stream: key.slice(0, Math.max(0, slash)), station: key.slice(slash + 1) };
}

/** An event's id: unique without randomness over streams and stations, because a chain has one writer. */
export function eventId(place: { stream: Stream; station: string; seq: number }): string {
  return `${place.stream}/${place.station}-${place.seq}`;
}

/** How people are told of a chain: those of the daily work by the station's name alone. */
export function shownChain(key: string): string {
  const { stream, station } = splitKey(key);
  return stream === OPS || stream === '' ? station : `${station} (${stream})`;
}

/**
 * What a station takes of others: names of streams; `*` for every stream that is no rehearsal's, those of later versions among them;
 * `drill:*` for every rehearsal. What a station wrote itself it takes back whatever it says here.
 */
export type Taken = readonly string[];

/** A rehearsal is its station's own affair until others say that they take part: a hub must not be filled with everybody's. */
export const DAILY: Taken = ['*'];

/** Whoever says nothing takes all there is. */
export const EVERY: Taken = ['*', 'drill:*'];

export function takesStream(taken: Taken, stream: Stream): boolean {
  const drill = stream.startsWith('drill:');
  return taken.some((each) => each === stream || each === (drill ? 'drill:*' : '*'));
}

/** Whether it can stand in what a station takes. */
export function isTakenName(text: string): boolean {
  return EVERY.includes(text) || isStream(text);
}

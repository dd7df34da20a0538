/** How long a thing is spoken of after its last report from the future. */
const FORGET_MS = 60_000;

/** A sensor or unit whose reports were refused for being ahead of the hall's clock, within the last minute and since the last that was taken. */
export interface AheadThing {
  id: string;
  /** Refused reports since it began. */
  count: number;
  /** Its clock minus the hall's, at the last of them. */
  offsetMs: number;
}

/** Remembers whose clocks are ahead, feed by feed. Grows with the things the hall knows, and with nothing else. */
export interface AheadThings {
  note(feed: string, id: string, offsetMs: number, monotonic: number): void;
  /** A report of it was taken: its clock is right again. */
  right(feed: string, id: string): void;
  /** The worst first. */
  of(feed: string, monotonic: number): AheadThing[];
}

export function createAheadThings(): AheadThings {
  const feeds = new Map<string, Map<string, AheadThing & { at: number }>>();
  return {
    note(feed, id, offsetMs, at) {
      const things = feeds.get(feed) ?? new Map<string, AheadThing & { at: number }>();
      feeds.set(feed, things);
      things.set(id, { id, count: (things.get(id)?.count ?? 0) + 1, offsetMs, at });
    },
    right(feed, id) {
      feeds.get(feed)?.delete(id);
    },
    of(feed, monotonic) {
      const things = feeds.get(feed);
      if (things === undefined) return [];
      for (const thing of things.values()) if (monotonic - thing.at >= FORGET_MS) things.delete(thing.id);
      return [...things.values()]
        .map(({ id, count, offsetMs }) => ({ id, count, offsetMs }))
        .sort((a, b) => b.count - a.count);
    },
  };
}

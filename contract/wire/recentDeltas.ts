/** One change of a collection. `body` is its JSON without braces, written once for all who are told. */
export interface CollectionDelta {
  readonly version: number;
  readonly body: string;
}

/** Deltas that are kept for windows that were away: so many characters, so many deltas. */
const KEPT_CHARS = 1_000_000;
const KEPT_DELTAS = 1000;

/** The last deltas of a collection, as far as they are worth keeping. */
export interface RecentDeltas {
  keep(delta: CollectionDelta): void;
  /** The bodies of the deltas after `before` up to `version`, oldest first; null when one of them is gone. */
  since(before: number, version: number): readonly string[] | null;
}

export function createRecentDeltas(): RecentDeltas {
  let kept: CollectionDelta[] = [];
  let chars = 0;
  return {
    keep(delta) {
      kept.push(delta);
      chars += delta.body.length;
      let gone = 0;
      while (chars > KEPT_CHARS || kept.length - gone > KEPT_DELTAS) chars -= kept[gone++]?.body.length ?? 0;
      if (gone > 0) kept = kept.slice(gone);
    },
    since(before, version) {
      if (before === version) return [];
      if (before > version || before + 1 < (kept[0]?.version ?? Number.POSITIVE_INFINITY)) return null;
      return kept.filter((delta) => delta.version > before).map(({ body }) => body);
    },
  };
}

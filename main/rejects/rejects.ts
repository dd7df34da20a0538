import type { RejectView } from '../../contract/features/rejects.ts';
import type { Text } from '../../core/words.ts';
import type { Clock } from '../clock.ts';

/** Characters of a refused message that are kept. */
export const EXCERPT_CHARS = 500;

/** A refused message or record, before it is stored; `excerpt` may be all of what came. */
export type Reject = Omit<RejectView, 'id' | 'at'>;

/** The refused things, kept so that somebody can look at them: the newest few, and how many there were in all. */
export interface Rejects {
  add(reject: Reject): void;
  /** Counts refusals that nobody will look at one by one. */
  count(n: number): void;
  /** Newest first, at most `limit`. */
  list(): RejectView[];
  /** All since start, kept or not. */
  total(): number;
  /** Calls back after every change. Answers the unsubscriber. */
  onChange(listener: () => void): () => void;
}

/** @param options.limit how many are kept; the oldest of the source that has most make room. */
export function createRejects(options: { clock: Clock; limit?: number }): Rejects {
  const limit = options.limit ?? 200;
  const kept: RejectView[] = [];
  const listeners = new Set<() => void>();
  let total = 0;
  let added = 0;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    add(reject) {
      total++;
      added++;
      kept.push({
        id: `reject-${added}`,
        at: options.clock.now(),
        door: reject.door,
        source: reject.source,
        path: reject.path,
        message: clipText(reject.message),
        remedy: clipText(reject.remedy),
        excerpt: clip(reject.excerpt),
      });
      if (kept.length > limit) kept.splice(oldestOfLoudest(kept), 1);
      changed();
    },
    count(n) {
      if (n <= 0) return;
      total += n;
      changed();
    },
    list: () => kept.toReversed(),
    total: () => total,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Where the oldest refusal stands of the source that has most of them: one that floods pushes out its own, not the others'. */
function oldestOfLoudest(kept: readonly RejectView[]): number {
  const counts = new Map<RejectView['source'], number>();
  for (const { source } of kept) counts.set(source, (counts.get(source) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return kept.findIndex(({ source }) => counts.get(source) === most);
}

function clipText({ zh, en }: Text): Text {
  return { zh: clip(zh), en: clip(en) };
}

/** A copy: a slice would keep the whole message, up to a megabyte, alive behind its first 500 characters. */
function clip(text: string): string {
  return Buffer.from(text.slice(0, EXCERPT_CHARS)).toString('utf8');
}

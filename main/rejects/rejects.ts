import type { RejectView } from '../../contract/features/rejects.ts';
import type { Text } from '../../core/words.ts';
import type { Clock } from '../clock.ts';
import type { Issue } from '../config/issue.ts';

/** Characters of a refused message that are shown in a list. */
export const EXCERPT_CHARS = 500;

/** A message as it came in at the door of a feed, without the passwords in it: what the feed needs to read it again. */
export interface RawMessage {
  /** Lent until the call returns. */
  readonly bytes: Uint8Array;
  /** Of MQTT. */
  readonly topic?: string;
  /** Of MQTT: the broker had kept it, and it may be of any age. */
  readonly retained?: boolean;
}

/** What is said of something that was refused; `excerpt` may be all of what came. */
export type Refused = Pick<RejectView, 'door' | 'source' | 'path' | 'message' | 'remedy' | 'excerpt'>;

/** A refused message or record, before it is stored. Refusals of one message have the very same `of`. */
export type Reject = Refused & { readonly of?: RawMessage };

/** A refusal that is in memory: its id is none of the quarantine's. */
export type NewestReject = Refused & Pick<RejectView, 'id' | 'at'>;

/** The refused things, kept so that somebody can look at them: the newest few, and how many there were in all. */
export interface Rejects {
  add(reject: Reject): void;
  /** Counts refusals that nobody will look at one by one. */
  count(n: number): void;
  /** Newest first, at most `limit`: what is left to look at while the quarantine cannot be read. */
  list(): NewestReject[];
  /** All since start, kept or not. */
  total(): number;
  /** Calls back after every change. Answers the unsubscriber. */
  onChange(listener: () => void): () => void;
}

/**
 * @param options.limit how many are kept; the oldest of the source that has most make room.
 * @param options.keep hears of each, its texts cut to what is shown: the quarantine
 */
export function createRejects(options: {
  clock: Clock;
  limit?: number;
  keep?: (reject: Reject, at: number) => void;
}): Rejects {
  const limit = options.limit ?? 200;
  const kept: NewestReject[] = [];
  const listeners = new Set<() => void>();
  let total = 0;
  let added = 0;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    add({ of, ...reject }) {
      total++;
      added++;
      const refused: Refused = {
        door: reject.door,
        source: reject.source,
        path: reject.path,
        message: clipText(reject.message),
        remedy: clipText(reject.remedy),
        excerpt: clip(reject.excerpt),
      };
      const at = options.clock.now();
      kept.push({ id: `reject-${added}`, at, ...refused });
      if (kept.length > limit) kept.splice(oldestOfLoudest(kept), 1);
      options.keep?.({ ...refused, ...(of === undefined ? {} : { of }) }, at);
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

/**
 * What was refused of one message of a feed: the described refusals are kept with it, the others are counted.
 *
 * @param of left out where there is none that could be kept
 * @param refused.count of all, described or not
 */
export function refuseOf(
  rejects: Pick<Rejects, 'add' | 'count'>,
  source: string,
  of: RawMessage | undefined,
  refused: { readonly faults: readonly (Issue & { readonly excerpt: string })[]; readonly count: number },
): void {
  for (const fault of refused.faults)
    rejects.add({ door: 'feed', source, ...fault, ...(of === undefined ? {} : { of }) });
  rejects.count(refused.count - refused.faults.length);
}

/** Where the oldest refusal stands of the source that has most of them: one that floods pushes out its own, not the others'. */
function oldestOfLoudest(kept: readonly NewestReject[]): number {
  const counts = new Map<NewestReject['source'], number>();
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

import { type RefObject, useRef } from 'react';

/** Milliseconds in which a key may have been meant for the step that stood there before. */
export const MOVED_MS = 500;

/** What stood under the keys, what the person had chosen, and when others put it there. */
interface Stood {
  readonly under: string | null;
  readonly chosen: string | null;
  readonly movedAt: number;
}

/** Where {@link useMoved} remembers; kept by a component that stays when the step's own does not. */
export type StoodRef = RefObject<Stood | null>;

/**
 * Whether what is under the keys has only just come there by what others did. A change of what the person has chosen is the
 * person's own.
 *
 * @param under what the keys act on
 * @param chosen what the person has chosen, in any words that change with it
 */
export function useMoved(under: string | null, chosen: string | null, given?: StoodRef): () => boolean {
  const own = useRef<Stood | null>(null);
  const stood = given ?? own;
  const before = stood.current;
  if (before?.under !== under || before.chosen !== chosen) {
    const byOthers = before !== null && before.under !== under && before.chosen === chosen;
    const movedAt = byOthers ? performance.now() : before?.under === under ? before.movedAt : Number.NEGATIVE_INFINITY;
    stood.current = { under, chosen, movedAt };
  }
  return () => performance.now() - (stood.current?.movedAt ?? Number.NEGATIVE_INFINITY) < MOVED_MS;
}

import type { Selection } from './selection.ts';

/** Milliseconds without a key or pointer after which a window goes along with what another one of the seat chose. */
export const IDLE_MS = 3000;

/** Decides when a window goes along with a choice made in another one of its seat. */
export interface Following {
  told(selection: Selection | null): void;
  /** The person chose something here: what was on offer is past. */
  chosen(): void;
  /** A key or pointer was pressed in this window. */
  touched(): void;
  stop(): void;
}

/**
 * A window in which somebody is at work does not change under the hands: while a form is being filled in what another
 * window chose is only offered; just after a key or click it waits until the hands rest.
 */
export function createFollowing(hooks: {
  writing(): boolean;
  adopt(selection: Selection | null): void;
  offer(selection: Selection | null): void;
  now(): number;
  setTimeout(fn: () => void, ms: number): () => void;
}): Following {
  let touchedAt = Number.NEGATIVE_INFINITY;
  let waiting: { selection: Selection | null } | null = null;
  let cancel = () => {};

  const decide = () => {
    cancel();
    if (!waiting) return;
    const { selection } = waiting;
    if (hooks.writing()) {
      waiting = null;
      hooks.offer(selection);
      return;
    }
    const left = touchedAt + IDLE_MS - hooks.now();
    if (left > 0) {
      cancel = hooks.setTimeout(decide, left);
      return;
    }
    waiting = null;
    hooks.adopt(selection);
  };

  return {
    told(selection) {
      waiting = { selection };
      decide();
    },
    chosen() {
      waiting = null;
      cancel();
    },
    touched() {
      touchedAt = hooks.now();
    },
    stop() {
      waiting = null;
      cancel();
    },
  };
}

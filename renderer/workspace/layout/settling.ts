import { type Needs, situationOf } from './splits.ts';

/** Milliseconds that the hands rest before a region that had nothing in it is given room. */
export const GROW_AFTER_MS = 800;
/** Milliseconds that the hands rest before room is taken away. */
export const SHRINK_AFTER_MS = 5000;

/** Decides when the workspace is divided anew. */
export interface Settling {
  /** What is asked for now. */
  asked(needs: Needs): void;
  /** A key or pointer was pressed, or moved, in this window. */
  touched(): void;
  stop(): void;
}

/**
 * Nothing moves under the hands: a region is given room as soon as the hands have rested for a moment, and room is taken away
 * when they have rested for a while; never while somebody writes.
 */
export function createSettling(hooks: {
  writing(): boolean;
  settle(needs: Needs): void;
  now(): number;
  setTimeout(fn: () => void, ms: number): () => void;
  first: Needs;
}): Settling {
  let settled = hooks.first;
  let wanted = hooks.first;
  let touchedAt = Number.NEGATIVE_INFINITY;
  let cancel = () => {};

  const decide = () => {
    cancel();
    if (situationOf(wanted) === situationOf(settled)) return;
    const rest = grows(settled, wanted) ? GROW_AFTER_MS : SHRINK_AFTER_MS;
    const left = hooks.writing() ? rest : touchedAt + rest - hooks.now();
    if (left > 0) {
      cancel = hooks.setTimeout(decide, left);
      return;
    }
    settled = wanted;
    hooks.settle(settled);
  };

  return {
    asked(needs) {
      wanted = needs;
      decide();
    },
    touched() {
      touchedAt = hooks.now();
    },
    stop: () => cancel(),
  };
}

const PLACES = ['above', 'below', 'left', 'right'] as const;

/** Whether a place that was empty has something now, and none is emptied. */
function grows(from: Needs, to: Needs): boolean {
  return PLACES.some((place) => from[place] === 0 && to[place] > 0);
}

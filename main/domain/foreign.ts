import type { LedgerEvent } from '../../core/ledger/envelope.ts';

/** Events that this version of the program does not understand, and that therefore change nothing here. */
export interface Foreign {
  /** At most {@link MOST}. */
  readonly count: number;
  readonly types: readonly string[];
}

/** Beyond this they are not counted on: it takes no more to know that this station is behind. */
const MOST = 10_000;
const MOST_TYPES = 20;

/** Counts each event once, however often it is folded again. */
export function createForeign(): { add(event: LedgerEvent): void; seen(): Foreign } {
  const ids = new Set<string>();
  const types = new Set<string>();
  return {
    add({ id, type }) {
      if (ids.size < MOST) ids.add(id);
      if (types.size < MOST_TYPES) types.add(type);
    },
    seen: () => ({ count: ids.size, types: [...types] }),
  };
}

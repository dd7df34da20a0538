import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKey, shownChain } from '../../core/ledger/stream.ts';
import type { Recovery } from './fault.ts';

/** Peers gave back events of our own chains that were not here: the file was put back to an earlier state behind our back. */
export function lostTail(options: {
  /** The chain that is written from now on. */
  chain: string;
  given: readonly LedgerEvent[];
  ownChains: readonly string[];
  /** Station that gave them back. */
  from: string;
  at: number;
  /** Events held. */
  kept: number;
}): Recovery {
  const { chain, given, ownChains, from, at, kept } = options;
  const first = given.find((event) => ownChains.includes(event.station));
  const key = first ? chainKey(first) : null;
  const message = `station ${from} holds event ${first?.seq ?? '?'} of our own chain ${key ? shownChain(key) : ''}, which was missing here`;
  return {
    ...{ at, aside: null, kept, chain, givenBy: from },
    faults: [{ fault: 'lost-tail', file: 'ledger.db', chain: key, seq: first?.seq ?? null, message }],
  };
}

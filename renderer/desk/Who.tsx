import { useSeatName } from './words.ts';

/** The station's name in a chain's: after a recovery station `A` writes to `A~2`, which only the ledger has to tell apart. */
export function stationOf(chain: string): string {
  return chain.replace(/~\d+$/, '') || chain;
}

/** Who decided, and at which station; the ledger's own name of the chain on hovering. */
export function Who({ actor, station }: { actor: string; station: string }) {
  const seatName = useSeatName();
  return (
    <span>
      {seatName(actor)} · <span title={station}>{stationOf(station)}</span>
    </span>
  );
}

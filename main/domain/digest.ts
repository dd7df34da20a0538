import { ledgerDigest } from '../../core/ledger/chain.ts';
import type { Clock } from '../clock.ts';
import type { Views } from '../kernel/views.ts';

/** A digest and the number of events it is of. */
export interface Digested {
  readonly digest: string;
  readonly events: number;
}

/** So long, in ms, the hall's thread is kept at a time. */
const SLICE_MS = 8;
/** So many times as long as it took nothing is computed again. */
const REST = 4;
/** The clock is asked after so many states. */
const STATES = 16;

/**
 * Digest of the ledger's heads and of the state folded from it: equal on stations that hold the same events and fold them alike. It is
 * read from what is put down; however many ask at once, it is computed once, in slices, and nothing is computed when nothing changed.
 *
 * @param turn lets others have the thread
 */
export function createDigest(options: {
  clock: Pick<Clock, 'monotonic' | 'setTimeout'>;
  ledger: { digest(): string };
  views: Pick<Views, 'states'>;
  sha256: (text: string) => string;
  turn: () => Promise<void>;
}): () => Promise<Digested> {
  const { clock, ledger, views, sha256, turn } = options;
  let newest: { digested: Digested; heads: string } | null = null;
  let underWay: Promise<Digested> | null = null;
  let freeAt = 0;

  async function compute(): Promise<Digested> {
    const rest = freeAt - clock.monotonic();
    if (rest > 0) await new Promise<void>((resolve) => void clock.setTimeout(resolve, rest));
    const { heads, rows } = await views.states();
    let busy = 0;
    let since = clock.monotonic();
    // A hash of hashes: what is hashed in one go stays small, however much there is.
    let all = '';
    let looked = 0;
    for (const { subject, state } of rows) {
      all = sha256(`${all}\n${subject}\n${state}`);
      if (++looked % STATES !== 0) continue;
      const now = clock.monotonic();
      if (now - since <= SLICE_MS) continue;
      busy += now - since;
      await turn();
      since = clock.monotonic();
    }
    const stood = ledgerDigest(heads, sha256);
    const events = Object.values(heads).reduce((sum, head) => sum + head.seq, 0);
    const digested = { digest: sha256(`${stood}\n${all}`), events };
    newest = { digested, heads: stood };
    freeAt = clock.monotonic() + (busy + clock.monotonic() - since) * REST;
    return digested;
  }

  return () => {
    if (newest?.heads === ledger.digest()) return Promise.resolve(newest.digested);
    underWay ??= compute().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

import { canonicalJson } from '../../core/ledger/envelope.ts';
import type { Clock } from '../clock.ts';

/** A digest and the number of events it is of. */
export interface Digested {
  readonly digest: string;
  readonly events: number;
}

/** So long, in ms, the hall's thread is kept at a time. */
const SLICE_MS = 8;
/** So many times as long as it took nothing is computed again. */
const REST = 4;

/**
 * Digest of the ledger's heads and of the state folded from it: equal on stations that hold the same events and fold them alike.
 * The hash of an aggregate is kept until its state is another, so that only what changed is computed; however many ask at once, it
 * is computed once, in slices.
 *
 * @param turn lets others have the thread
 */
export function createDigest(options: {
  clock: Pick<Clock, 'monotonic' | 'setTimeout'>;
  ledger: { digest(): string; readonly count: number };
  domain: { states(): IterableIterator<[string, object]>; onChange(listener: () => void): unknown };
  sha256: (text: string) => string;
  turn: () => Promise<void>;
}): () => Promise<Digested> {
  const { clock, ledger, domain, sha256, turn } = options;
  const hashes = new WeakMap<object, string>();
  let newest: { digested: Digested; heads: string } | null = null;
  let changed = false;
  let underWay: Promise<Digested> | null = null;
  let freeAt = 0;
  domain.onChange(() => {
    changed = true;
  });

  async function compute(): Promise<Digested> {
    const rest = freeAt - clock.monotonic();
    if (rest > 0) await new Promise<void>((resolve) => void clock.setTimeout(resolve, rest));
    // States are never changed, only replaced: this is the state of one moment, however long hashing it takes.
    const states = [...domain.states()];
    const heads = ledger.digest();
    const events = ledger.count;
    changed = false;
    let busy = 0;
    let since = clock.monotonic();
    const lines: string[] = [];
    for (const [subject, state] of states) {
      let hash = hashes.get(state);
      if (hash === undefined) {
        hash = sha256(canonicalJson(state));
        hashes.set(state, hash);
        const now = clock.monotonic();
        if (now - since > SLICE_MS) {
          busy += now - since;
          await turn();
          since = clock.monotonic();
        }
      }
      lines.push(`${subject} ${hash}`);
    }
    const digested = { digest: sha256(`${heads}\n${lines.sort().join('\n')}`), events };
    newest = { digested, heads };
    const now = clock.monotonic();
    freeAt = now + (busy + now - since) * REST;
    return digested;
  }

  return () => {
    if (newest && !changed && newest.heads === ledger.digest()) return Promise.resolve(newest.digested);
    underWay ??= compute().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

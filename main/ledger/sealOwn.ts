import type { Logger } from 'pino';
import type { Chains } from './chains.ts';
import type { LedgerStore } from './store.ts';

/** Seals what of the own chains has no seal: written before there was this key, or by a version that was killed in between. */
export function sealOwn(
  chains: Pick<Chains, 'keyChanged' | 'ownKeys' | 'heads' | 'seals'>,
  store: Pick<LedgerStore, 'sealFrom' | 'range' | 'appendAll'>,
  log: Logger,
): void {
  if (chains.keyChanged) return;
  const bare = chains.ownKeys().flatMap((chain) => {
    const seq = chains.heads().get(chain)?.seq ?? 0;
    return store.sealFrom(chain, seq) ? [] : store.range(chain, seq, 1);
  });
  if (bare.length === 0) return;
  try {
    store.appendAll([], chains.seals(bare));
  } catch (error) {
    log.warn({ err: error }, 'the own records could not be sealed; they are at the next start');
  }
}

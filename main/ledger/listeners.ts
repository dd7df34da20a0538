import type { Logger } from 'pino';
import type { LedgerListener } from './ledger.ts';

/** Who hears of a ledger. One that throws harms nobody else: what it was told has happened. */
export function createListeners(log: Logger) {
  const listeners = new Set<LedgerListener>();
  return {
    tell(call: (listener: LedgerListener) => void): void {
      for (const listener of listeners) {
        try {
          call(listener);
        } catch (error) {
          log.error({ err: error }, 'a listener of the ledger failed');
        }
      }
    },
    listen(listener: LedgerListener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

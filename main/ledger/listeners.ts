import type { Logger } from 'pino';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { dropTexts } from '../../core/ledger/texts.ts';
import type { LedgerListener } from './ledger.ts';

/** Who hears of a ledger. One that throws harms nobody else: what it was told has happened. */
export function createListeners(log: Logger) {
  const listeners = new Set<LedgerListener>();
  const tell = (call: (listener: LedgerListener) => void): void => {
    for (const listener of listeners) {
      try {
        call(listener);
      } catch (error) {
        log.error({ err: error }, 'a listener of the ledger failed');
      }
    }
  };
  return {
    tell,
    /** Tells that these are durable. Nobody needs their words from then on. */
    committed(events: readonly LedgerEvent[], origin: 'local' | 'peer'): void {
      if (events.length > 0) tell((listener) => listener.committed?.(events, origin));
      dropTexts(events);
    },
    listen(listener: LedgerListener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

import type { Ledger } from '../../main/ledger/ledger.ts';
import type { EventsOf, LedgerThreads } from '../../main/ledger/ledgerTasks.ts';

/** Does tasks where they are asked for, on a ledger that has no file; orders and answers are copied as for a thread. */
export function createLedgerHere(ledger: Pick<Ledger, 'eventsOf'>): LedgerThreads {
  return {
    open: (tasks) => ({
      async ask(task, order) {
        const perform = tasks[task] as (eventsOf: EventsOf, order: unknown) => never;
        return structuredClone(perform(ledger.eventsOf, structuredClone(order)));
      },
      close: async () => {},
    }),
  };
}

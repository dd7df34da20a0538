import type { Result } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import { said } from '../../domain/decided.ts';
import type { Ledger } from '../../ledger/ledger.ts';

/** The ledger's figures. */
export function ledgerHandlers(options: {
  ledger: Ledger;
  /** Digest of the ledger and of the state folded from it, and how many events it is of. */
  digest(): Promise<Result<'ledger.digest'>>;
}): Pick<Handlers, 'ledger.digest' | 'ledger.acknowledgeRecovery'> {
  const { ledger, digest } = options;
  return {
    'ledger.digest': digest,
    'ledger.acknowledgeRecovery'(_, caller) {
      try {
        ledger.acknowledgeRecovery();
      } catch (error) {
        throw said(error, caller);
      }
      return {};
    },
  };
}

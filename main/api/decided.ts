import { ContractError } from '../../contract/errors.ts';
import type { Caller } from '../../contract/wire/server.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Domain } from '../domain/domain.ts';

/**
 * Decides for a caller and answers when it is durable. A refusal becomes the contract's `refused`, in the caller's language.
 *
 * @throws ContractError
 */
export async function decided(
  domain: Domain,
  caller: Caller,
  decide: () => readonly EventDraft[],
): Promise<LedgerEvent[]> {
  try {
    return await domain.execute(decide);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = caller.lang === 'en' ? error.text.en : error.text.zh;
    throw new ContractError('refused', text, { cause: error });
  }
}

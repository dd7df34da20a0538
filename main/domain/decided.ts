import { ContractError } from '../../contract/errors.ts';
import type { Caller } from '../../contract/wire/served.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { Refusal } from '../../core/refusal.ts';
import { LedgerClosed, LedgerWriteError, UnfitEvent } from '../ledger/errors.ts';
import type { Domain } from './domain.ts';

/**
 * Decides for a caller, as the actor that is told here and nowhere else, and answers when it is durable. A refusal becomes the
 * contract's `refused`, what the disk does not take its `not-recorded`, in the caller's language.
 *
 * @throws ContractError
 */
export async function decided(
  domain: Domain,
  caller: Caller,
  decide: (actor: string) => readonly EventDraft[],
): Promise<LedgerEvent[]> {
  try {
    return await domain.execute(() => decide(caller.seat));
  } catch (error) {
    throw said(error, caller);
  }
}

/** A command before it is known who gives it. */
export type Unsigned<C> = C extends { actor: string } ? Omit<C, 'actor'> : never;

/** What stands against a decision, as the contract's error in the caller's language; anything else as it is. */
export function said(error: unknown, caller: Caller): unknown {
  const text = (words: { zh: string; en: string }) => (caller.lang === 'en' ? words.en : words.zh);
  if (error instanceof Refusal) return new ContractError('refused', text(error.text), { cause: error });
  if (error instanceof LedgerWriteError) return new ContractError('not-recorded', text(error.text), { cause: error });
  if (error instanceof UnfitEvent) return new ContractError('refused', text(error.text), { cause: error });
  if (error instanceof LedgerClosed) return new ContractError('unavailable', text(error.text), { cause: error });
  return error;
}

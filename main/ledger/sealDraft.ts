import { UncarriedValue } from '../../core/ledger/canonical.ts';
import { type Sha256, seal } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { unfit } from '../../core/ledger/intake.ts';
import { UnfitEvent } from './errors.ts';

/**
 * Seals what was decided here, within the limits of what others send (L4).
 *
 * @throws UnfitEvent
 */
export function sealDraft(draft: EventDraft, place: Parameters<typeof seal>[1], sha256: Sha256): LedgerEvent {
  try {
    const event = seal(draft, place, sha256);
    const fault = unfit(event);
    if (fault) throw new UnfitEvent(draft.type, fault.reason, fault.message);
    return event;
  } catch (error) {
    if (error instanceof UncarriedValue) throw new UnfitEvent(draft.type, error.reason, error.message);
    throw error;
  }
}

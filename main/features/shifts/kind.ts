import { allSeen } from '../../../core/ledger/register.ts';
import { decideHandover, type Handover, handoverAggregate, stateOf } from '../../../core/shifts/handover.ts';
import type { Kind } from '../../kernel/kind.ts';

/** What is open waits for whoever takes over, however long ago it was begun. */
export const handoverKind: Kind<Handover> = {
  aggregate: handoverAggregate,
  goesOn: (handover) => stateOf(handover) === 'open' || !allSeen(handover),
  overAt: () => null,
  see: (handover, conflict, actor) => decideHandover(handover, { do: 'see-conflict', conflict, actor }),
};

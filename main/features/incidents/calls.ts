import type { CallView } from '../../../contract/features/incidents.ts';
import { type Call, callAggregate, decideCall, waits } from '../../../core/calls/call.ts';
import { allSeen } from '../../../core/ledger/register.ts';
import type { ShowsOn } from '../../kernel/feature.ts';
import type { Kind } from '../../kernel/kind.ts';
import type { Shows } from '../../kernel/shows.ts';
import { shownConflicts } from '../../wire/pieces.ts';

/** A call as windows show it; null before it has come. */
export function callView({ id, text, to, about, source, came, conflicts }: Call): CallView | null {
  if (came === null) return null;
  const { kind = null, caller = null, place = null } = about;
  return {
    ...{ id, text, to: [...to], kind, caller, place, source: source ?? null },
    ...{ cameAt: came.at, conflicts: shownConflicts(conflicts) },
  };
}

const goesOn = (call: Call): boolean => waits(call) || !allSeen(call);

export const callKind: Kind<Call> = {
  aggregate: callAggregate,
  goesOn,
  overAt: () => null,
  see: (call, conflict, actor) => decideCall(call, { do: 'see-conflict', conflict, actor }),
};

export function showCalls({ domain, topics }: ShowsOn): Shows {
  const calls = domain.of(callAggregate);
  return {
    call(subject) {
      const call = calls.get(subject);
      const view = callView(call);
      if (view && goesOn(call)) topics.calls.set(subject, view);
      else topics.calls.delete(subject);
    },
  };
}

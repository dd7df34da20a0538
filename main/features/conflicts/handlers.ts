import { ContractError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import { decideAlarm } from '../../../core/alarms/alarm.ts';
import { decideIncident } from '../../../core/incidents/incident.ts';
import { kindOf } from '../../../core/ledger/envelope.ts';
import { decideRun } from '../../../core/plans/decide.ts';
import { decided } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';

/** A person has seen what two stations decided differently. */
export function conflictHandlers({ domain }: { domain: Domain }): Pick<Handlers, 'conflicts.seen'> {
  return {
    async 'conflicts.seen'({ subject, conflict }, caller) {
      await decided(domain, caller, (actor) => {
        const command = { do: 'see-conflict', conflict, actor } as const;
        switch (kindOf(subject)) {
          case 'alarm':
            return decideAlarm(domain.alarm(subject), command);
          case 'incident':
            return decideIncident(domain.incident(subject), command);
          case 'run':
            return decideRun(domain.run(subject), command);
          default:
            throw new ContractError('not-found', `${subject} is nothing that has conflicts`);
        }
      });
      return {};
    },
  };
}

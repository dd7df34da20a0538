import { ContractError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import { decided } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';

/** A person has seen what two stations decided differently. */
export function conflictHandlers({ domain }: { domain: Domain }): Pick<Handlers, 'conflicts.seen'> {
  return {
    async 'conflicts.seen'({ subject, conflict }, caller) {
      await decided(domain, caller, (actor) => {
        const events = domain.see(subject, conflict, actor);
        if (!events) throw new ContractError('not-found', `${subject} is nothing that has conflicts`);
        return events;
      });
      return {};
    },
  };
}

import { ContractError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/wire/served.ts';

/** Begins the drill, or begins it again. */
export function drillHandlers({ start }: { start: (() => void) | undefined }): Pick<Handlers, 'drill.start'> {
  return {
    'drill.start'() {
      if (!start)
        throw new ContractError('unavailable', 'this hall has no drill of its own; start it with --profile drill');
      start();
      return {};
    },
  };
}

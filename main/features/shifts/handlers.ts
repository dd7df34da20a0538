import type { shifts as contract } from '../../../contract/features/shifts.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import { decideHandover, type HandoverCommand, handoverAggregate, stateOf } from '../../../core/shifts/handover.ts';
import { decided, type Unsigned } from '../../domain/decided.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { sheetNow } from './sheetNow.ts';

/** Handing over a seat, and taking it. */
export function shiftHandlers(
  kernel: Pick<Kernel, 'domain' | 'topics' | 'readers' | 'newId' | 'clock'>,
): Pick<Handlers, keyof typeof contract.methods> {
  const { domain, newId } = kernel;
  const handovers = domain.of(handoverAggregate);
  const isOpenAt = (seat: string) =>
    [...handovers.staying()].some(([, each]) => each.begun?.actor === seat && stateOf(each) === 'open');
  const command = async (id: string, caller: Caller, what: Unsigned<HandoverCommand>) => {
    await decided(domain, caller, (actor) => decideHandover(handovers.get(id), { ...what, actor }));
    return {};
  };
  return {
    async 'shifts.begin'({ from, text }, caller) {
      const handover = `handover:${newId()}`;
      await decided(domain, caller, (actor) => {
        const begin = { do: 'begin', from, text, others: isOpenAt(actor), actor } as const;
        return decideHandover(handovers.get(handover), begin);
      });
      return { handover };
    },
    'shifts.note': ({ handover, text }, caller) => command(handover, caller, { do: 'note', text }),
    async 'shifts.confirm'({ handover, to }, caller) {
      return command(handover, caller, { do: 'confirm', to, sheet: await sheetNow(kernel) });
    },
    'shifts.withdraw': ({ handover, reason }, caller) => command(handover, caller, { do: 'withdraw', reason }),
  };
}

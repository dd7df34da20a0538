import { ContractError } from '../../../contract/errors.ts';
import { DESK_WINDOWS, type WindowView } from '../../../contract/features/windows.ts';
import type { Collection } from '../../../contract/wire/collection.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';

/**
 * Windows that pages ask the desktop shell for, and those it has open. The shell follows the topic, opens what is wanted (or
 * brings it to the front where it stands open), and reports.
 */
export function windowHandlers({
  windows,
  world,
}: {
  windows: Collection<WindowView>;
  /** The world of those who ask. */
  world: string;
}): Pick<Handlers, 'windows.open' | 'windows.report'> {
  return {
    'windows.open'({ region, seat }, caller) {
      const id = `wanted:${world}:${region}:${seat}`;
      const isIt = (it: WindowView) => it.region === region && it.seat === seat && it.world === world;
      const others = [...windows.items.values()].filter((it) => !isIt(it));
      if (others.length >= DESK_WINDOWS) throw tooMany(caller);
      windows.set(id, { id, region, seat, world, state: 'wanted' });
      return {};
    },
    'windows.report'({ open }) {
      windows.setAll(open.map((each) => [each.id, { ...each, state: 'open' as const }]));
      return {};
    },
  };
}

function tooMany({ lang }: Caller): ContractError {
  return new ContractError(
    'refused',
    lang === 'en'
      ? `${DESK_WINDOWS} windows are open at this desk; close one first`
      : `本机已打开 ${DESK_WINDOWS} 个窗口，请先关闭一个`,
  );
}

import type { WindowView } from '../../contract/schema/station.ts';
import type { Collection } from '../../contract/wire/collection.ts';
import type { Handlers } from '../../contract/wire/server.ts';

/**
 * Windows that pages ask the desktop shell for, and those it has open. The shell follows the topic, opens what is wanted, and
 * reports.
 */
export function windowHandlers(options: {
  windows: Collection<WindowView>;
  newId(): string;
}): Pick<Handlers, 'windows.open' | 'windows.report'> {
  const { windows, newId } = options;
  return {
    'windows.open'({ region, seat }) {
      const id = newId();
      windows.set(id, { id, region, seat, state: 'wanted' });
      return {};
    },
    'windows.report'({ open }) {
      windows.setAll(open.map((each) => [each.id, { ...each, state: 'open' as const }]));
      return {};
    },
  };
}

import type { WindowView } from '../../contract/schema/station.ts';
import type { Collection } from '../../contract/wire/collection.ts';
import type { Handlers } from '../../contract/wire/server.ts';

/** Windows that pages ask the desktop shell for. The shell follows the topic, opens them, and settles each request. */
export function windowHandlers(options: {
  windows: Collection<WindowView>;
  newId(): string;
}): Pick<Handlers, 'windows.open' | 'windows.settled'> {
  const { windows, newId } = options;
  return {
    'windows.open'({ region, seat }) {
      const id = newId();
      windows.set(id, { id, region, seat });
      return {};
    },
    'windows.settled'({ id }) {
      windows.delete(id);
      return {};
    },
  };
}

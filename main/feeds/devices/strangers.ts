import { MOST_STRANGERS } from '../../../contract/features/feeds.ts';

/** So many are remembered, and told apart from those that come again. */
const MOST_KNOWN = 1000;
/** A device's number is shown to so many characters: whoever dials may call himself anything. */
const SHOWN = 64;

/** Devices that dial a feed and that its file does not name. */
export interface Strangers {
  note(device: string): void;
  /** How many, up to a thousand, and the latest of them. */
  view(): { count: number; latest: string[] };
}

export function createStrangers(): Strangers {
  const known = new Set<string>();
  return {
    note(device) {
      const shown = device.slice(0, SHOWN);
      // The latest is the last.
      if (!known.delete(shown) && known.size >= MOST_KNOWN) return;
      known.add(shown);
    },
    view: () => ({ count: known.size, latest: [...known].slice(-MOST_STRANGERS).reverse() }),
  };
}

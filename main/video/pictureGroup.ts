/** Memory that all cameras' kept packets share. */
export interface KeepBudget {
  /** @returns whether so many bytes more may be kept; they count then */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** @param most bytes in all */
export function createKeepBudget(most: number): KeepBudget {
  let used = 0;
  return {
    take(bytes) {
      if (used + bytes > most) return false;
      used += bytes;
      return true;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}

/**
 * The packets from the last key picture to now: what a window that comes later, or was behind, needs to see the present picture.
 * Where they grow beyond the limits they are let go; such a window then waits for the next key picture.
 */
export interface PictureGroup {
  /** The same array, growing, until the next key picture; undefined: let go. */
  packets(): readonly Uint8Array[] | undefined;
  /** @returns whether it is kept */
  add(packet: Uint8Array, key: boolean): boolean;
  clear(): void;
}

/** Of one camera: a minute at 4 Mbit/s, or two minutes at 50 pictures a second. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PACKETS = 6_000;

/** @see PictureGroup */
export function createPictureGroup(budget: KeepBudget): PictureGroup {
  let group: Uint8Array[] | undefined;
  let bytes = 0;

  function clear(): void {
    group = undefined;
    budget.give(bytes);
    bytes = 0;
  }

  return {
    packets: () => group,
    add(packet, key) {
      if (key) {
        clear();
        group = [];
      }
      if (!group) return false;
      const fits = group.length < MOST_PACKETS && bytes + packet.length <= MOST_BYTES && budget.take(packet.length);
      if (!fits) {
        clear();
        return false;
      }
      bytes += packet.length;
      group.push(packet);
      return true;
    },
    clear,
  };
}

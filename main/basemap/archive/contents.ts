import { createHash } from 'node:crypto';

/** Words of 32 bits of a digest that are kept: two tiles of a city never share 128 bits by chance. */
const WORDS = 4;

/** Which bytes have been stored already, by digest: typed arrays, because a city has half a million tiles. */
export interface Contents {
  readonly count: number;
  /** The number of these bytes; `isNew` when they are met for the first time, and numbered with this call. */
  numberOf(bytes: Uint8Array): { number: number; isNew: boolean };
}

export function createContents(): Contents {
  let count = 0;
  let digests = new Uint32Array(1024 * WORDS);
  /** Open addressing: 1 + the number of what hashes there, 0 for free. At most half full. */
  let slots = new Uint32Array(2048);

  const slotOf = (digest: Uint32Array, at: number): number => {
    let slot = (digest[at] as number) & (slots.length - 1);
    for (;;) {
      const held = slots[slot] as number;
      if (held === 0 || isSame(held - 1, digest, at)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
  };

  const isSame = (number: number, digest: Uint32Array, at: number): boolean => {
    for (let i = 0; i < WORDS; i++) if (digests[number * WORDS + i] !== digest[at + i]) return false;
    return true;
  };

  const grow = (): void => {
    const larger = new Uint32Array(digests.length * 2);
    larger.set(digests);
    digests = larger;
    slots = new Uint32Array(slots.length * 2);
    for (let i = 0; i < count; i++) slots[slotOf(digests, i * WORDS)] = i + 1;
  };

  return {
    get count() {
      return count;
    },
    numberOf(bytes) {
      const hash = createHash('sha256').update(bytes).digest();
      const digest = new Uint32Array(hash.buffer.slice(hash.byteOffset, hash.byteOffset + WORDS * 4));
      const slot = slotOf(digest, 0);
      const held = slots[slot] as number;
      if (held > 0) return { number: held - 1, isNew: false };
      digests.set(digest, count * WORDS);
      slots[slot] = ++count;
      if (count * WORDS === digests.length) grow();
      return { number: count - 1, isNew: true };
    },
  };
}

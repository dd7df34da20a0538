/**
 * A fraction in [0, 1) that follows from the numbers given and nothing else: the same seed, thing and moment give the same
 * chance, in whatever order they are asked for. Mixing as in MurmurHash3's finaliser.
 */
export function chance(...of: number[]): number {
  let h = 0x9e3779b9;
  for (const n of of) {
    h = Math.imul(h ^ (n | 0), 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return (h >>> 0) / 0x1_0000_0000;
}

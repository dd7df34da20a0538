import type { TileType } from '../archive/header.ts';

/** Which kind of picture bytes are, by how they begin; null for none that a window shows. */
export function pictureOf(bytes: Uint8Array): Exclude<TileType, 'mvt'> | null {
  const starts = (at: number, ...wanted: number[]) => wanted.every((byte, i) => bytes[at + i] === byte);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(0, 0xff, 0xd8, 0xff)) return 'jpg';
  return starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50) ? 'webp' : null;
}

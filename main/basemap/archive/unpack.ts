import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Packing } from './header.ts';

/** Most bytes that a directory, a metadata text or a tile may come to when it is unpacked. */
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

/**
 * @param limit most bytes that may come of it
 * @returns null when it is not packed so, is cut off, or comes to more
 */
export function unpack(bytes: Uint8Array, packing: Packing, limit: number = MAX_UNPACKED_BYTES): Uint8Array | null {
  if (packing === 'none') return bytes.length <= limit ? bytes : null;
  try {
    return (packing === 'gzip' ? gunzipSync : brotliDecompressSync)(bytes, { maxOutputLength: limit });
  } catch {
    return null;
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

import { readTime } from './time.ts';

/** What begins a frame, twice, and what ends it, twice. Neither is escaped where it stands inside. */
export const MARK = 0x40;
export const TAIL = 0x23;

/** Bytes of the header with both marks, of all that is no application data, and the most that application data may have. */
export const HEADER_BYTES = 27;
export const FRAME_BYTES = HEADER_BYTES + 3;
export const MOST_DATA = 1024;

/** The command byte. 128 and above are the makers' own. */
export const COMMAND = { control: 1, send: 2, confirm: 3, request: 4, answer: 5, deny: 6 } as const;

/** What stands before the application data (GB/T 26875.3-2011). */
export interface Header {
  /** Who sends: twelve hex digits, the highest byte first; on the wire the lowest is. */
  readonly source: string;
  /** Wall ms by the sender's clock; null where it has none, NaN where what it says is no time. */
  readonly time: number | null;
  readonly command: number;
  /** Bytes of application data. */
  readonly length: number;
}

/**
 * Reads the header of the frame that begins at `at`. A frame that is not cut off there has `FRAME_BYTES + length` bytes.
 *
 * @param offsetMinutes of the device's local time from UTC, east positive.
 */
export function readHeader(bytes: Uint8Array, at: number, offsetMinutes: number): Header {
  const command = bytes[at + 26] ?? 0;
  return {
    source: addressAt(bytes, at + 12),
    time: readTime(bytes, at + 6, offsetMinutes),
    command,
    length: lengthAt(bytes, at),
  };
}

/** How much application data the frame that begins at `at` declares; it takes 26 bytes to know. */
export function lengthAt(bytes: Uint8Array, at: number): number {
  return u16(bytes, at + 24);
}

/** Two bytes, the low one first as everywhere in this protocol. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** The check value: the sum of all bytes from the serial on. */
export function sumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += bytes[i] as number;
  return sum & 0xff;
}

function addressAt(bytes: Uint8Array, at: number): string {
  let digits = '';
  for (let i = at + 5; i >= at; i--) digits += HEX[bytes[i] ?? 0];
  return digits;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

import { withDecimals } from '../decimal.ts';

/** What stands in a value's place: a number, nothing (all F by the standard, all A by some devices), or no BCD. */
export type Bcd = number | 'missing' | 'unfit';

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/** Bytes as upper-case hex, two characters each. */
export function hexOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let hex = '';
  for (let i = from; i < to; i++) hex += PAIRS[bytes[i] as number];
  return hex;
}

/** Whether bytes are what such digits say in hex. */
export function saysHex(bytes: Uint8Array, at: number, hex: string): boolean {
  for (let i = 0; 2 * i < hex.length; i++) {
    const pair = PAIRS[bytes[at + i] ?? -1];
    if (pair?.charCodeAt(0) !== hex.charCodeAt(2 * i) || pair.charCodeAt(1) !== hex.charCodeAt(2 * i + 1)) return false;
  }
  return true;
}

/** The number that two digits make, -1 where they are none. */
export function bcdAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0xff;
  const [tens, ones] = [byte >> 4, byte & 0x0f];
  return tens > 9 || ones > 9 ? -1 : 10 * tens + ones;
}

/** Bytes of whose digits every number is exact. */
const EXACT = 7;

/**
 * Reads the value at [from, to), the nearest number to what is written; a leading FF is the minus (SL 651-2014 6.6.3.3 a).
 *
 * @param decimals digits behind the point, 0 to 7
 */
export function readBcd(bytes: Uint8Array, from: number, to: number, decimals: number): Bcd {
  const first = bytes[from];
  const negative = first === 0xff;
  if (negative || first === 0xaa || from === to) {
    let same = from;
    while (same < to && bytes[same] === first) same++;
    if (same === to) return 'missing';
  }
  const begin = negative ? from + 1 : from;
  let whole = 0;
  for (let i = begin; i < to; i++) {
    const two = bcdAt(bytes, i);
    if (two < 0) return 'unfit';
    whole = 100 * whole + two;
  }
  const value = to - begin <= EXACT ? withDecimals(whole, decimals) : Number(`${hexOf(bytes, begin, to)}e-${decimals}`);
  return negative ? 0 - value : value;
}

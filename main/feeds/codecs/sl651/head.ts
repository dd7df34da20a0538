import { hexOf } from './bcd.ts';

/** Control characters (SL 651-2014 table 10). */
export const SOH = 0x01;
export const STX = 0x02;
export const ETX = 0x03;
export const ACK = 0x06;
export const NAK = 0x15;
export const SYN = 0x16;
export const ETB = 0x17;
export const ESC = 0x1b;

/** Text of a frame that is whole by itself, and of one packet of several, in bytes. The standard lets a packet have 65,535. */
export const FRAME_LIMITS = { text: 4095, packet: 16_384 } as const;

/** What stands before the text of a frame. */
export interface Head {
  readonly form: 'hex' | 'ascii';
  /** From a centre to a station. */
  readonly down: boolean;
  /** 1 to 255; 0 from devices that were never told. */
  readonly centre: number;
  /** Ten digits. Where the last four are a number by table 14 they may be hex. */
  readonly station: string;
  /** Both as they came, twelve hex digits. */
  readonly addresses: string;
  /** Four hex digits. */
  readonly password: string;
  /** Function (annex B). */
  readonly fn: number;
  /** A packet of several: how many, and which, from 1. */
  readonly packet: { readonly total: number; readonly number: number } | null;
  /** Where the text begins and ends, counted from the start mark; there stands the end character. */
  readonly textAt: number;
  readonly textEnd: number;
  /** All bytes of the frame. */
  readonly size: number;
}

/** Reads the head at `at`: null where no frame begins there, `short` where more bytes must come before that can be said. */
export function readHead(bytes: Uint8Array, at: number): Head | 'short' | null {
  if (bytes[at] === SOH) return readAsciiHead(bytes, at);
  return bytes[at] === 0x7e ? readHexHead(bytes, at) : null;
}

/** Tables 20 to 23. */
function readHexHead(bytes: Uint8Array, at: number): Head | 'short' | null {
  const left = bytes.length - at;
  if (left > 1 && bytes[at + 1] !== 0x7e) return null;
  if (left < 14) return 'short';
  const many = bytes[at + 13] === SYN;
  if (!many && bytes[at + 13] !== STX) return null;
  if (many && left < 17) return 'short';
  const word = u16(bytes, at + 11);
  // Of a packet all sixteen bits are the length; beyond our limit the highest can only be the sign of a centre.
  const direction = many && word <= FRAME_LIMITS.packet ? 0 : word >>> 12;
  if (direction !== 0 && direction !== 8) return null;
  const length = direction === 0 ? word : word & 0xfff;
  const count = many ? ((bytes[at + 14] ?? 0) << 16) | u16(bytes, at + 15) : null;
  const password = hexOf(bytes, at + 8, at + 10);
  return headOf('hex', direction === 8, hexOf(bytes, at + 2, at + 8), password, bytes[at + 10] ?? 0, length, count);
}

/** Tables 16 to 19: every field in hex characters. */
function readAsciiHead(bytes: Uint8Array, at: number): Head | 'short' | null {
  const b = bytes.subarray(at, at + 30);
  const text = Buffer.from(b.subarray(1, 23)).toString('latin1');
  if (!/^[0-9A-Fa-f]*$/.test(text)) return null;
  if (b.length < 24) return 'short';
  const many = b[23] === SYN;
  if (!many && b[23] !== STX) return null;
  if (many && b.length < 30) return 'short';
  const count = Buffer.from(b.subarray(24, 30)).toString('latin1');
  if (many && !/^[0-9A-Fa-f]{6}$/.test(count)) return null;
  const upper = text.toUpperCase();
  const direction = upper[18];
  if (direction !== '0' && direction !== '8') return null;
  const length = Number.parseInt(upper.slice(19, 22), 16);
  const fn = Number.parseInt(upper.slice(16, 18), 16);
  const counted = many ? Number.parseInt(count, 16) : null;
  return headOf('ascii', direction === '8', upper.slice(0, 12), upper.slice(12, 16), fn, length, counted);
}

/** @param count of a packet of several: how many and which, twelve bits each */
function headOf(
  form: Head['form'],
  down: boolean,
  addresses: string,
  password: string,
  fn: number,
  length: number,
  count: number | null,
): Head | null {
  const isHex = form === 'hex';
  const begin = isHex ? 14 : 24;
  const counted = count === null ? 0 : isHex ? 3 : 6;
  if (length <= counted || length > (count === null ? FRAME_LIMITS.text : FRAME_LIMITS.packet)) return null;
  let packet: Head['packet'] = null;
  if (count !== null) {
    packet = { total: count >>> 12, number: count & 0xfff };
    if (packet.number < 1 || packet.number > packet.total) return null;
  }
  const { centre, station } = addressesOf(addresses, down);
  const textEnd = begin + length;
  const size = textEnd + 1 + (isHex ? 2 : 4);
  return { form, down, addresses, centre, station, password, fn, packet, textAt: begin + counted, textEnd, size };
}

/** A station puts the centre first, a centre the station. */
function addressesOf(addresses: string, stationFirst: boolean): Pick<Head, 'centre' | 'station'> {
  const centre = Number.parseInt(stationFirst ? addresses.slice(10) : addresses.slice(0, 2), 16);
  return { centre, station: stationFirst ? addresses.slice(0, 10) : addresses.slice(2) };
}

/** Centre and station taken for being in each other's place: some stations send their answers as a centre does. */
export function swappedOf({ addresses, down }: Head): Pick<Head, 'centre' | 'station'> {
  return addressesOf(addresses, !down);
}

export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

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
  /** Centre and station were taken for being in each other's place: some stations send their answers as a centre does. */
  readonly swapped: { readonly centre: number; readonly station: string };
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
  const b = bytes.subarray(at, at + 17);
  if (b.length > 1 && b[1] !== 0x7e) return null;
  if (b.length < 14) return 'short';
  const many = b[13] === SYN;
  if (!many && b[13] !== STX) return null;
  if (many && b.length < 17) return 'short';
  const word = u16(b, 11);
  // Of a packet all sixteen bits are the length; beyond our limit the highest can only be the sign of a centre.
  const direction = many && word <= FRAME_LIMITS.packet ? 0 : word >>> 12;
  if (direction !== 0 && direction !== 8) return null;
  const length = direction === 0 ? word : word & 0xfff;
  const down = direction === 8;
  const addresses = hexOf(b.subarray(2, 8));
  const count = hexOf(b.subarray(14, 17));
  return headOf(
    { form: 'hex', down, addresses, password: hexOf(b.subarray(8, 10)), fn: b[10] ?? 0, length },
    many,
    count,
  );
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
  const fields = {
    addresses: upper.slice(0, 12),
    password: upper.slice(12, 16),
    fn: Number.parseInt(upper.slice(16, 18), 16),
  };
  return headOf({ form: 'ascii', down: direction === '8', ...fields, length }, many, count);
}

function headOf(
  read: Pick<Head, 'form' | 'down' | 'password' | 'fn'> & { addresses: string; length: number },
  many: boolean,
  count: string,
): Head | null {
  const { form, down, password, fn, addresses, length } = read;
  const [begin, counted, crc] = form === 'hex' ? [14, 3, 2] : [24, 6, 4];
  if (length <= (many ? counted : 0) || length > (many ? FRAME_LIMITS.packet : FRAME_LIMITS.text)) return null;
  let packet: Head['packet'] = null;
  if (many) {
    const both = Number.parseInt(count, 16);
    packet = { total: both >>> 12, number: both & 0xfff };
    if (packet.number < 1 || packet.number > packet.total) return null;
  }
  const centreFirst = { centre: Number.parseInt(addresses.slice(0, 2), 16), station: addresses.slice(2) };
  const stationFirst = { centre: Number.parseInt(addresses.slice(10), 16), station: addresses.slice(0, 10) };
  const textEnd = begin + length;
  return {
    ...{ form, down, password, fn, packet, ...(down ? stationFirst : centreFirst) },
    ...{
      swapped: down ? centreFirst : stationFirst,
      textAt: begin + (many ? counted : 0),
      textEnd,
      size: textEnd + 1 + crc,
    },
  };
}

export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

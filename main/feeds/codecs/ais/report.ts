import type { CodecRecord } from '../codec.ts';
import type { Whole } from './parts.ts';

const KNOT = 1852 / 3600;
/** What stands where nothing is known (ITU-R M.1371, tables of messages 1, 5 and 18). */
const NONE = { sog: 1023, lon: 181 * 600_000, lat: 91 * 600_000, cog: 3600, heading: 511 } as const;

/** Where the members of a position stand, in bits. */
interface Places {
  readonly sog: number;
  readonly lon: number;
  readonly lat: number;
  readonly cog: number;
  readonly heading: number;
}
/** Of classes A (1, 2, 3) and B (18, 19). */
const CLASS_A: Places = { sog: 50, lon: 61, lat: 89, cog: 116, heading: 128 };
const CLASS_B: Places = { sog: 46, lon: 57, lat: 85, cog: 112, heading: 124 };
const PLACES: ReadonlyMap<number, Places> = new Map([
  ...[1, 2, 3].map((type): [number, Places] => [type, CLASS_A]),
  ...[18, 19].map((type): [number, Places] => [type, CLASS_B]),
]);
/** Static data of a ship of class A. */
const VOYAGE = 5;
const DRAUGHT = { at: 294, bits: 8 } as const;

/** What a message says, or what is wrong with it. */
export type ReportReading =
  | { readonly device: string; readonly record: CodecRecord | null }
  | 'short'
  | 'mmsi'
  | 'place';

/**
 * Reads a message (ITU-R M.1371): where a ship is (1, 2, 3, 18, 19), and its draught in metres (5). Of any other it is known alone who sent it.
 * Speed and heading are 0 where the ship says none; the heading is the true one, or else the course over ground.
 *
 * @param t wall ms at which it was heard
 */
export function readReport({ payload, fill }: Whole, t: number): ReportReading {
  const length = 6 * payload.length - fill;
  if (length < 38) return 'short';
  const type = bitsAt(payload, 0, 6);
  const mmsi = bitsAt(payload, 8, 30);
  if (mmsi < 1 || mmsi > 999_999_999) return 'mmsi';
  const device = String(mmsi).padStart(9, '0');
  if (type === VOYAGE) {
    if (length < DRAUGHT.at + DRAUGHT.bits) return 'short';
    const draught = bitsAt(payload, DRAUGHT.at, DRAUGHT.bits) / 10;
    const known = { kind: 'reading', device, item: 'draught', t, value: draught, quality: 'good' } as const;
    return { device, record: draught === 0 ? null : known };
  }
  const at = PLACES.get(type);
  if (at === undefined) return { device, record: null };
  if (length < at.heading + 9) return 'short';
  const lon = signedAt(payload, at.lon, 28);
  const lat = signedAt(payload, at.lat, 27);
  // A transponder whose receiver has no fix.
  if (lon === NONE.lon || lat === NONE.lat) return { device, record: null };
  if (Math.abs(lon) > 180 * 600_000 || Math.abs(lat) > 90 * 600_000) return 'place';
  const [sog, cog, heading] = [
    bitsAt(payload, at.sog, 10),
    bitsAt(payload, at.cog, 12),
    bitsAt(payload, at.heading, 9),
  ];
  const course = cog < NONE.cog ? cog / 10 : 0;
  const speed = sog === NONE.sog ? 0 : (sog / 10) * KNOT;
  const place = { lon: lon / 600_000 + 0, lat: lat / 600_000 + 0, heading: heading < 360 ? heading : course, speed };
  return { device, record: { kind: 'position', device, t, ...place } };
}

/** So many bits as a number; what is beyond the payload is 0. */
function bitsAt(payload: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const code = payload.charCodeAt(Math.floor(i / 6)) - 48;
    const six = code > 40 ? code - 8 : code;
    value = 2 * value + ((six >> (5 - (i % 6))) & 1);
  }
  return value;
}

/** The same in two's complement. */
function signedAt(payload: string, from: number, count: number): number {
  const value = bitsAt(payload, from, count);
  return value < 2 ** (count - 1) ? value : value - 2 ** count;
}

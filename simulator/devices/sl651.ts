import { beijing } from './beijing.ts';

/** Functions of SL 651-2014 by which a station reports: by the clock, or because something changed. */
const SL651 = { timed: 0x32, extra: 0x33 } as const;
/** Level above the gauge's zero (annex C): four bytes, three decimals. */
const LEVEL = '3923';
const CENTRE = '01';
const RIVER = '48';

/** CRC-16/MODBUS, as SL 651-2014 has it. */
function crc16(bytes: Buffer): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

/**
 * A report (SL 651-2014) of one water level.
 *
 * @param station address, ten digits
 * @param serial 0 to 65535
 * @param t wall ms; the level's time has minutes, that of the sending seconds
 * @param level m, not below zero
 * @param options.password four hexadecimal digits
 */
export function sl651Report(
  station: string,
  serial: number,
  t: number,
  level: number,
  options: { password?: string; kind?: keyof typeof SL651 } = {},
): Buffer {
  const { password = '1234', kind = 'timed' } = options;
  const time = beijing(t).slice(2);
  const value = String(Math.round(level * 1000)).padStart(8, '0');
  const text = Buffer.from(
    `${hex(serial, 4)}${time}F1F1${station}${RIVER}F0F0${time.slice(0, 10)}${LEVEL}${value}`,
    'hex',
  );
  const head = Buffer.from(`7E7E${CENTRE}${station}${password}${hex(SL651[kind], 2)}${hex(text.length, 4)}02`, 'hex');
  const all = Buffer.concat([head, text, Buffer.from([0x03])]);
  const crc = crc16(all);
  return Buffer.concat([all, Buffer.from([crc >> 8, crc & 0xff])]);
}

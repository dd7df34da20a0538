import { beijing } from './beijing.ts';

/** HJ 212-2017, 6.3.1 and annex A. */
function crcOf(text: Buffer): string {
  let crc = 0xffff;
  for (const byte of text) {
    crc = (crc >> 8) ^ byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * An upload of real-time data (HJ 212-2017, CN 2011).
 *
 * @param t wall ms; the frame has seconds
 * @param values by factor code, as text
 * @param flag 5 of the version of 2017 wants an answer, 4 wants none
 */
export function hj212Upload(
  device: { mn: string; password: string },
  t: number,
  values: Record<string, string>,
  flag: 4 | 5 = 5,
): Buffer {
  const said = Object.entries(values).map(([factor, value]) => `${factor}-Rtd=${value},${factor}-Flag=N`);
  const cp = [`DataTime=${beijing(t)}`, ...said].join(';');
  const segment = Buffer.from(
    `QN=${beijing(t)}000;ST=21;CN=2011;PW=${device.password};MN=${device.mn};Flag=${flag};CP=&&${cp}&&`,
  );
  return Buffer.concat([
    Buffer.from(`##${String(segment.length).padStart(4, '0')}`),
    segment,
    Buffer.from(`${crcOf(segment)}\r\n`),
  ]);
}

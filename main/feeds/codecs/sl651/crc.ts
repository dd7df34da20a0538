const step = (crc: number): number => {
  let left = crc;
  for (let bit = 0; bit < 8; bit++) left = left & 1 ? (left >>> 1) ^ 0xa001 : left >>> 1;
  return left;
};
/** What a byte becomes after so many bytes: four go in at once, and only one look-up in four waits for the one before it. */
const AFTER_1 = Uint16Array.from({ length: 256 }, (_, byte) => step(byte));
const AFTER_2 = AFTER_1.map(step);
const AFTER_3 = AFTER_2.map(step);
const AFTER_4 = AFTER_3.map(step);

/**
 * CRC-16 with x^16 + x^15 + x^2 + 1, reflected, beginning with FFFF (SL 651-2014 table 11). On the wire its high byte comes first.
 *
 * @param bytes from the start mark to the end character at [from, to).
 */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff;
  let i = from;
  for (; i + 4 <= to; i += 4)
    crc =
      (AFTER_4[(crc ^ (bytes[i] as number)) & 0xff] as number) ^
      (AFTER_3[(crc >>> 8) ^ (bytes[i + 1] as number)] as number) ^
      (AFTER_2[bytes[i + 2] as number] as number) ^
      (AFTER_1[bytes[i + 3] as number] as number);
  for (; i < to; i++) crc = (crc >>> 8) ^ (AFTER_1[(crc ^ (bytes[i] as number)) & 0xff] as number);
  return crc;
}

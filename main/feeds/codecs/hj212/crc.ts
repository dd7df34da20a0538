/** What the register becomes for every value of its upper byte with the new byte in it. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = (register & 1) === 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  return register;
});

/**
 * Of the register only the upper byte outlives the next one, and what becomes of it is linear: so four bytes go in at once, each by what it has
 * become by then, and only one look-up in four waits for the one before it.
 */
const UPPER = Uint8Array.from(TABLE, (register) => register >> 8);
const oneMore = (table: Uint8Array): Uint8Array => UPPER.map((upper) => table[upper] as number);
const UPPER_2 = oneMore(UPPER);
const UPPER_3 = oneMore(UPPER_2);
const UPPER_4 = oneMore(UPPER_3);

/**
 * The checksum of a data segment, HJ 212-2017 annex A: the register is shifted right by eight and only then the byte comes in, so
 * that it is not the CRC of MODBUS, though it has its polynomial and its start.
 *
 * @param bytes the segment at [from, to)
 */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  if (from === to) return 0xffff;
  let upper = 0xff;
  let i = from;
  for (const last = to - 1; i + 4 <= last; i += 4)
    upper =
      (UPPER_4[upper ^ (bytes[i] as number)] as number) ^
      (UPPER_3[bytes[i + 1] as number] as number) ^
      (UPPER_2[bytes[i + 2] as number] as number) ^
      (UPPER[bytes[i + 3] as number] as number);
  for (; i < to - 1; i++) upper = UPPER[upper ^ (bytes[i] as number)] as number;
  return TABLE[upper ^ (bytes[i] as number)] as number;
}

/** The CRC of MODBUS over the same bytes: what a device sends whose maker took the annex for it. */
export function modbusCrc(segment: Uint8Array): number {
  let register = 0xffff;
  for (const byte of segment) register = (register >> 8) ^ (TABLE[(register ^ byte) & 0xff] ?? 0);
  return register;
}

/** As it stands in a frame: four digits in upper case, high byte first. */
export function crcText(crc: number): string {
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** What the register becomes for every value of its upper byte with the new byte in it. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = (register & 1) === 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  return register;
});

/**
 * The checksum of a data segment, HJ 212-2017 annex A: the register is shifted right by eight and only then the byte comes in, so
 * that it is not the CRC of MODBUS, though it has its polynomial and its start.
 */
export function crc16(segment: Uint8Array): number {
  let register = 0xffff;
  for (const byte of segment) register = TABLE[(register >> 8) ^ byte] ?? 0;
  return register;
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

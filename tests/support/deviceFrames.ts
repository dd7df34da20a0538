import { beijing } from '../../simulator/devices/beijing.ts';

/** Frames as devices send them, written after the standards and not with the code that reads them. */

export { hj212Upload } from '../../simulator/devices/hj212.ts';
export { jt808Frame, jt808Position, jt808Registration } from '../../simulator/devices/jt808.ts';

/** CRC-16/MODBUS, as SL 651-2014 has it. */
function crc16(bytes: Buffer): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** A timed report (SL 651-2014, function 32) of one water level in metres. @param station ten digits */
export function sl651Report(station: string, serial: number, t: number, level: number): Buffer {
  const time = beijing(t).slice(2);
  const value = String(Math.round(level * 1000)).padStart(8, '0');
  const text = Buffer.from(
    `${serial.toString(16).padStart(4, '0')}${time}F1F1${station}48F0F0${time.slice(0, 10)}3923${value}`,
    'hex',
  );
  const head = Buffer.from(`7E7E01${station}123432${text.length.toString(16).padStart(4, '0')}02`, 'hex');
  const all = Buffer.concat([head, text, Buffer.from([0x03])]);
  const crc = crc16(all);
  return Buffer.concat([all, Buffer.from([crc >> 8, crc & 0xff])]);
}

/** The state of one component (GB/T 26875.3-2011, type 2): bit 1 of it is a fire. @param device and part in hex, the highest byte first */
export function gb26875State(
  { device, system, address, part }: { device: string; system: number; address: number; part: string },
  serial: number,
  t: number,
  state: number,
): Buffer {
  const digits = beijing(t).slice(2).match(/../g) ?? [];
  const time = Buffer.from(digits.reverse().map(Number));
  const data = Buffer.concat([
    Buffer.from([2, 1, system, address, 43]),
    Buffer.from(part, 'hex').reverse(),
    Buffer.from([state % 256, Math.floor(state / 256)]),
    Buffer.from('B6FEB2E3D7DFC0C8'.padEnd(62, '0'), 'hex'), // 二层走廊
    time,
  ]);
  const head = Buffer.alloc(25);
  head.writeUInt16LE(serial, 0);
  head.writeUInt16LE(0x0101, 2);
  time.copy(head, 4);
  Buffer.from(device, 'hex').reverse().copy(head, 10);
  head.writeUInt16LE(data.length, 22);
  head[24] = 2; // An upload.
  const summed = Buffer.concat([head, data]);
  const sum = summed.reduce((all, byte) => (all + byte) % 256, 0);
  return Buffer.concat([Buffer.from('@@'), summed, Buffer.from([sum]), Buffer.from('##')]);
}

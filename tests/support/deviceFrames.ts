import { beijing } from '../../simulator/devices/beijing.ts';

/** Frames as devices send them, written after the standards and not with the code that reads them. */

export { hj212Upload } from '../../simulator/devices/hj212.ts';
export { jt808Frame, jt808Position, jt808Registration } from '../../simulator/devices/jt808.ts';
export { sl651Report } from '../../simulator/devices/sl651.ts';

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

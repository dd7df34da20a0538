/** Frames as devices send them, written after the standards and not with the code that reads them. */

const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYYMMDDhhmmss` of a wall time, by Beijing's clock. */
function beijing(t: number): string {
  const at = new Date(t + 8 * 3_600_000);
  const [h, m, s] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}${two(h)}${two(m)}${two(s)}`;
}

/** HJ 212-2017, 6.3.1 and annex A. */
function crcOfHj212(text: Buffer): string {
  let crc = 0xffff;
  for (const byte of text) {
    crc = (crc >> 8) ^ byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** CRC-16/MODBUS, as SL 651-2014 has it. */
function crc16(bytes: Buffer): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** An upload of real-time data (HJ 212-2017, CN 2011) that wants an answer. @param values by factor code, as text */
export function hj212Upload(
  device: { mn: string; password: string },
  t: number,
  values: Record<string, string>,
): Buffer {
  const said = Object.entries(values).map(([factor, value]) => `${factor}-Rtd=${value},${factor}-Flag=N`);
  const cp = [`DataTime=${beijing(t)}`, ...said].join(';');
  const segment = Buffer.from(
    `QN=${beijing(t)}000;ST=21;CN=2011;PW=${device.password};MN=${device.mn};Flag=5;CP=&&${cp}&&`,
  );
  return Buffer.concat([
    Buffer.from(`##${String(segment.length).padStart(4, '0')}`),
    segment,
    Buffer.from(`${crcOfHj212(segment)}\r\n`),
  ]);
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

/** A frame of JT/T 808-2013. @param phone twelve digits */
export function jt808Frame(id: number, phone: string, serial: number, body: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(id, 0);
  head.writeUInt16BE(body.length, 2);
  Buffer.from(phone, 'hex').copy(head, 4);
  head.writeUInt16BE(serial, 10);
  const plain = Buffer.concat([head, body]);
  const whole = Buffer.concat([plain, Buffer.from([plain.reduce((xor, byte) => xor ^ byte, 0)])]);
  const escaped = [...whole].flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));
  return Buffer.from([0x7e, ...escaped, 0x7e]);
}

/** The body of a registration (0100) of 2013. */
export const jt808Registration = (): Buffer =>
  Buffer.concat([
    Buffer.from([0, 31, 0, 1]),
    Buffer.from('MAKER'),
    Buffer.alloc(20, 'M'),
    Buffer.from('TERM001'),
    Buffer.from([1]),
    Buffer.from('A12345'),
  ]);

/** The body of a position (0200): degrees, km/h, degrees from north. */
export function jt808Position(t: number, lon: number, lat: number, speed: number, course: number): Buffer {
  const body = Buffer.alloc(28);
  body.writeUInt32BE(0b11, 4); // Ignition on, fixed.
  body.writeUInt32BE(Math.round(lat * 1e6), 8);
  body.writeUInt32BE(Math.round(lon * 1e6), 12);
  body.writeUInt16BE(10, 16);
  body.writeUInt16BE(Math.round(speed * 10), 18);
  body.writeUInt16BE(course, 20);
  Buffer.from(beijing(t).slice(2), 'hex').copy(body, 22);
  return body;
}

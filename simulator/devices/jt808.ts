import { beijing } from './beijing.ts';

/** Messages of JT/T 808-2013 that a terminal sends. */
export const JT808 = { registration: 0x0100, authentication: 0x0102, position: 0x0200 } as const;
const REGISTERED = 0x8100;
/** Bytes of a frame: a token has 255 at most, and each may be escaped. More without an end is none. */
const LONGEST = 1024;

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

/** Reads what a centre answers, as bytes come, for the tokens that it gives: its frames begin and end with 7E. */
export function jt808Tokens(given: (phone: string, token: Buffer) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest.length > LONGEST ? Buffer.alloc(0) : rest, bytes]);
    for (let end = rest.indexOf(0x7e); end >= 0; end = rest.indexOf(0x7e)) {
      const frame = unescaped(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      // Head of twelve bytes; in the body the serial that it answers, the result, the token; the checksum.
      if (frame.length > 16 && frame.readUInt16BE(0) === REGISTERED && frame[14] === 0)
        given(frame.subarray(4, 10).toString('hex'), frame.subarray(15, -1));
    }
  };
}

function unescaped(frame: Buffer): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < frame.length; i++) {
    const byte = frame[i] ?? 0;
    bytes.push(byte === 0x7d ? (frame[++i] === 1 ? 0x7d : 0x7e) : byte);
  }
  return Buffer.from(bytes);
}

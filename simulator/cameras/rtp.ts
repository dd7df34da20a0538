import { randomBytes } from 'node:crypto';

/** Begins each unit of a stream of H.264 as ITU-T H.264 annex B has it; zeros may stand before it. */
const START = Buffer.from([0, 0, 1]);
const DELIMITER = 9;
const KEY_PICTURE = 5;
/** A unit that is longer is none. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Bytes of H.264 in a packet. */
const PAYLOAD = 1400;
const PAYLOAD_TYPE = 96;
const TICKS_PER_SECOND = 90_000;
/** A fragment of a unit (RFC 6184, 5.8). */
const FRAGMENT = 28;

/**
 * Reads H.264 in the form of annex B, a delimiter before each picture, and gives each picture as packets of RTP (RFC 6184, mode 1), every one
 * behind its head of RTSP for channel 0 (RFC 2326, 10.12).
 *
 * @param give hears of each picture, once the next one has begun, and whether one may begin to watch with it
 */
export function rtpPackets(fps: number, give: (packets: Buffer, key: boolean) => void): (chunk: Uint8Array) => void {
  const source = randomBytes(4);
  let rest = Buffer.alloc(0);
  let units: Buffer[] = [];
  let sequence = 0;
  let pictures = 0;

  function packet(last: boolean, ...payload: Buffer[]): Buffer {
    const head = Buffer.alloc(16);
    const length = payload.reduce((bytes, part) => bytes + part.length, 12);
    head.writeUInt8(0x24, 0);
    head.writeUInt16BE(length, 2);
    head.writeUInt8(0x80, 4);
    head.writeUInt8((last ? 0x80 : 0) | PAYLOAD_TYPE, 5);
    head.writeUInt16BE(sequence++ % 0x1_0000, 6);
    head.writeUInt32BE(Math.round((pictures * TICKS_PER_SECOND) / fps) % 0x1_0000_0000, 8);
    source.copy(head, 12);
    return Buffer.concat([head, ...payload]);
  }

  function packetsOf(unit: Buffer, last: boolean): Buffer[] {
    if (unit.length <= PAYLOAD) return [packet(last, unit)];
    const [first = 0] = unit;
    const packets: Buffer[] = [];
    for (let at = 1; at < unit.length; at += PAYLOAD) {
      const end = at + PAYLOAD >= unit.length;
      const head = Buffer.from([(first & 0x60) | FRAGMENT, (at === 1 ? 0x80 : 0) | (end ? 0x40 : 0) | (first & 0x1f)]);
      packets.push(packet(last && end, head, unit.subarray(at, at + PAYLOAD)));
    }
    return packets;
  }

  function take(unit: Buffer): void {
    if (typeOf(unit) !== DELIMITER) {
      units.push(Buffer.from(unit));
      return;
    }
    if (units.length === 0) return;
    const packets = units.flatMap((each, i) => packetsOf(each, i === units.length - 1));
    give(
      Buffer.concat(packets),
      units.some((each) => typeOf(each) === KEY_PICTURE),
    );
    units = [];
    pictures++;
  }

  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    let begin = rest.indexOf(START);
    for (let next = nextStart(rest, begin); next >= 0; next = nextStart(rest, begin)) {
      const unit = withoutZeros(rest.subarray(begin + START.length, next));
      if (unit.length > 0) take(unit);
      begin = next;
    }
    rest = begin < 0 ? rest.subarray(-START.length) : rest.subarray(begin);
    if (rest.length > MOST_BYTES) rest = Buffer.alloc(0);
  };
}

const typeOf = (unit: Buffer): number => (unit[0] ?? 0) & 0x1f;

const nextStart = (bytes: Buffer, begin: number): number =>
  begin < 0 ? -1 : bytes.indexOf(START, begin + START.length);

/** Zeros behind a unit belong to the next one's start: a unit ends with none. */
function withoutZeros(unit: Buffer): Buffer {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end--;
  return unit.subarray(0, end);
}

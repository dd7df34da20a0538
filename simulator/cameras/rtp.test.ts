import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rtpPackets } from './rtp.ts';

const SEED = 20261128;
const DELIMITER = Buffer.from([0, 0, 0, 1, 9, 0xf0]);
const HEAD = 16;

/** A unit of H.264 of a type; no start code is in it, and it ends with no zero. */
const unitOf = (type: number, bytes: number) => Buffer.concat([Buffer.from([0x60 | type]), Buffer.alloc(bytes, 0xab)]);
const stream = (...pictures: Buffer[][]) =>
  Buffer.concat([
    ...pictures.flatMap((units) => [
      DELIMITER,
      ...units.flatMap((unit, i) => [Buffer.from(i === 0 ? [0, 0, 0, 1] : [0, 0, 1]), unit]),
    ]),
    DELIMITER,
    Buffer.from([0, 0, 1]),
  ]);

/** Packets as they came, each with what its head says. */
function packetsIn(bytes: Buffer) {
  const packets: { sequence: number; time: number; last: boolean; payload: Buffer }[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect([bytes[at], bytes[at + 1], bytes[at + 4]]).toEqual([0x24, 0, 0x80]);
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    packets.push({
      sequence: bytes.readUInt16BE(at + 6),
      time: bytes.readUInt32BE(at + 8),
      last: (bytes[at + 5] ?? 0) >= 0x80,
      payload: bytes.subarray(at + HEAD, end),
    });
    at = end;
  }
  return packets;
}

/** Units, of whole ones and of fragments (RFC 6184, 5.8). */
function unitsIn(packets: ReturnType<typeof packetsIn>): Buffer[] {
  const units: Buffer[] = [];
  for (const { payload } of packets) {
    const [indicator = 0, head = 0] = payload;
    if ((indicator & 0x1f) !== 28) units.push(payload);
    else if (head >= 0x80)
      units.push(Buffer.concat([Buffer.from([(indicator & 0x60) | (head & 0x1f)]), payload.subarray(2)]));
    else units.push(Buffer.concat([units.pop() ?? Buffer.alloc(0), payload.subarray(2)]));
  }
  return units;
}

function read(bytes: Buffer, cuts: readonly number[] = [bytes.length]) {
  const given: { packets: Buffer; key: boolean }[] = [];
  const take = rtpPackets(12.5, (packets, key) => given.push({ packets, key }));
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const next = at + (cuts[i % cuts.length] ?? 1);
    take(bytes.subarray(at, next));
    at = next;
  }
  return given;
}

test('pictures come whole, long units in fragments, each packet numbered and each picture a frame later; however the bytes are cut', () => {
  const pictures = [
    [unitOf(7, 12), unitOf(8, 4), unitOf(5, 5000)],
    [unitOf(1, 1399)],
    [unitOf(1, 1400), unitOf(1, 10)],
  ];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }), (cuts) => {
      const given = read(stream(...pictures), cuts);
      expect(given.map(({ key }) => key)).toEqual([true, false, false]);
      const packets = given.map((each) => packetsIn(each.packets));
      expect(packets.map((each) => unitsIn(each).map((unit) => unit.toString('hex')))).toEqual(
        pictures.map((units) => units.map((unit) => unit.toString('hex'))),
      );
      expect(packets.flat().map(({ sequence }) => sequence)).toEqual(packets.flat().map((_, i) => i));
      expect(packets.map((each) => new Set(each.map(({ time }) => time)))).toEqual(
        [0, 7200, 14_400].map((t) => new Set([t])),
      );
      for (const each of packets)
        expect(each.map(({ last }) => last)).toEqual(each.map((_, i) => i === each.length - 1));
    }),
    { seed: SEED, numRuns: 50 },
  );
});

test('whatever bytes come are packets of RTP, or nothing', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 50 }),
    fc.constant(DELIMITER),
    fc.constant(Buffer.from([0, 0, 1, 5])),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      for (const { packets } of read(Buffer.concat(pieces))) packetsIn(packets);
    }),
    { seed: SEED },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeVideoPacket,
  encodeCameraId,
  encodeVideoPacket,
  i420Bytes,
  VideoPacketError,
  type VideoPacketHeader,
} from './video.ts';

const header: VideoPacketHeader = {
  kind: 'h264',
  key: true,
  captureMicros: 9_007_199_254_740_991,
  width: 640,
  height: 360,
  sequence: 7,
};

describe('video packet', () => {
  it('says back what was put in, and its payload is a view', () => {
    const bytes = encodeVideoPacket('CAM-001', header, Uint8Array.of(0, 0, 1, 0x65));
    const packet = decodeVideoPacket(bytes);
    expect(packet).toMatchObject({ ...header, cameraId: 'CAM-001' });
    expect(packet.payload.buffer).toBe(bytes.buffer);
  });

  it('reads from the middle of a larger buffer', () => {
    const inner = encodeVideoPacket('桥头-01', header, Uint8Array.of(1, 2, 3));
    const outer = new Uint8Array(inner.length + 9);
    outer.set(inner, 5);
    expect(decodeVideoPacket(outer.subarray(5, 5 + inner.length)).cameraId).toBe('桥头-01');
  });

  it.each([
    ['a cut packet', (b: Uint8Array) => b.subarray(0, b.length - 1), /announced/],
    ['less than a header', (b: Uint8Array) => b.subarray(0, 10), /shorter than a header/],
    ['another version', (b: Uint8Array) => b.with(0, 9), /version 9/],
    ['an unknown kind', (b: Uint8Array) => b.with(1, 3), /kind 3/],
    ['unknown flags', (b: Uint8Array) => b.with(2, 0x81), /flags/],
    ['no camera', (b: Uint8Array) => b.with(3, 0), /camera id of 0/],
    ['an id that is not UTF-8', (b: Uint8Array) => b.with(24, 0xff), /UTF-8/],
  ])('refuses %s', (_what, spoil, message) => {
    const bytes = encodeVideoPacket('CAM-001', header, Uint8Array.of(1, 2, 3));
    expect(() => decodeVideoPacket(spoil(bytes))).toThrow(message);
  });

  it('refuses a raw picture whose bytes do not fit its size', () => {
    const raw: VideoPacketHeader = { ...header, kind: 'i420', width: 4, height: 2 };
    expect(decodeVideoPacket(encodeVideoPacket('C', raw, new Uint8Array(i420Bytes(4, 2)))).payload).toHaveLength(12);
    expect(() => encodeVideoPacket('C', raw, new Uint8Array(11))).toThrow(/needs 12 bytes/);
    expect(() => encodeVideoPacket('C', { ...raw, width: 3 }, new Uint8Array(9))).toThrow(/even/);
    expect(() => encodeVideoPacket('C', { ...raw, key: false }, new Uint8Array(12))).toThrow(/stands on its own/);
  });

  it('refuses ids that do not fit', () => {
    expect(() => encodeCameraId('')).toThrow(VideoPacketError);
    expect(() => encodeCameraId('摄'.repeat(22))).toThrow(/66 bytes/);
  });

  it('round trips any header (fuzz)', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
          .filter((s) => new TextEncoder().encode(s).length <= 64),
        fc.boolean(),
        fc.maxSafeNat(),
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.uint8Array({ maxLength: 200 }),
        (id, key, captureMicros, side, sequence, payload) => {
          const put: VideoPacketHeader = { kind: 'h264', key, captureMicros, width: side, height: side, sequence };
          const got = decodeVideoPacket(encodeVideoPacket(id, put, payload));
          expect({ ...got, payload: [...got.payload] }).toEqual({ ...put, cameraId: id, payload: [...payload] });
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });

  it('answers any bytes with a packet or a VideoPacketError, nothing else (fuzz)', () => {
    const good = encodeVideoPacket('CAM-001', header, Uint8Array.of(1, 2, 3, 4));
    const spoiled = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 })
      .map((edits) => edits.reduce((bytes, [at, value]) => bytes.with(at, value), good));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), spoiled), (bytes) => {
        try {
          decodeVideoPacket(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(VideoPacketError);
        }
      }),
      { seed: 12, numRuns: 1000 },
    );
  });
});

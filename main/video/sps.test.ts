import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSps } from './sps.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('readSps', () => {
  // Parameter sets written by x264 for pictures of known size.
  it.each([
    ['6742c01ed900a02ff97011000003000100000300320f162e48', 'avc1.42C01E', 640, 360],
    ['67640028acd940780227e5c044000003000400000300c83c60c658', 'avc1.640028', 1920, 1080],
  ])('%s', (text, codec, width, height) => {
    expect(readSps(hex(text))).toEqual({ codec, width, height });
  });

  it('says nothing of a cut one', () => {
    expect(readSps(hex('6742c01e'))).toBeUndefined();
    expect(readSps(hex('68ce3c80'))).toBeUndefined();
  });

  it('answers any bytes without throwing, with sides within bounds (fuzz)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        const facts = readSps(Uint8Array.of(0x67, ...tail));
        if (facts) expect(Math.max(facts.width, facts.height)).toBeLessThanOrEqual(16_384);
      }),
      { seed: 31, numRuns: 2000 },
    );
  });
});

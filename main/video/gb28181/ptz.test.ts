import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PTZ_STOP, ptzMove, ptzPreset } from './ptz.ts';

const still = { pan: 0, tilt: 0, zoom: 0 };

test('commands are those of captures and public code, to the byte', () => {
  expect(PTZ_STOP).toBe('A50F0100000000B5');
  expect(ptzMove(still)).toBe(PTZ_STOP);
  expect(ptzMove({ ...still, pan: -0x1f / 0xff })).toBe('A50F01021F0000D6');
  expect(ptzPreset(3)).toBe('A50F01820003003A');
  // As A50F000800640020, "up" of a capture, and A50F4D1000001021, with the address 1.
  expect(ptzMove({ ...still, tilt: 0x64 / 0xff })).toBe('A50F010800640021');
  expect(ptzMove({ ...still, zoom: 1 / 15 })).toBe('A50F0110000010D5');
});

test('both drives and the lens in one command, each its own way', () => {
  expect(ptzMove({ pan: 1, tilt: -1, zoom: -1 })).toBe('A50F0125FFFFF0C8');
  expect(ptzMove({ pan: -0.5, tilt: 0.5, zoom: 0.5 })).toBe('A50F011A8080804F');
});

test('whatever the speed, the bytes add up and nothing that is told to move stands still', () => {
  const speed = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(speed, speed, speed, (pan, tilt, zoom) => {
      const bytes = Buffer.from(ptzMove({ pan, tilt, zoom }), 'hex');
      expect(bytes.length).toBe(8);
      expect(bytes.subarray(0, 7).reduce((sum, byte) => sum + byte, 0) & 0xff).toBe(bytes[7]);
      expect([bytes[4] !== 0, bytes[5] !== 0, bytes[6] !== 0]).toEqual([pan !== 0, tilt !== 0, zoom !== 0]);
    }),
    { seed: 284, numRuns: 500 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRtpReader } from './rtp.ts';
import { createRtpFrames } from './rtpFrames.ts';

function packet(sequence: number, text: string, { ssrc = 7, flags = 0x80, more = Buffer.alloc(0) } = {}): Buffer {
  const head = Buffer.alloc(12);
  head[0] = flags;
  head[1] = 96;
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(ssrc, 8);
  return Buffer.concat([head, more, Buffer.from(text)]);
}

function read(packets: readonly Buffer[], ssrc: number | undefined = 7) {
  let text = '';
  const reader = createRtpReader((bytes) => {
    text += bytes;
  });
  reader.expect(ssrc);
  for (const each of packets) reader.push(each);
  return { text, ...reader.counts() };
}

describe('packets', () => {
  const numbered = (...sequences: number[]) => sequences.map((n) => packet(n, `${n},`));

  test.each([
    ['in order', [1, 2, 3], '1,2,3,', 0],
    ['two swapped', [1, 3, 2, 4], '1,2,3,4,', 0],
    ['one twice', [1, 2, 2, 1, 3], '1,2,3,', 0],
    ['over the end of the numbers', [65_534, 0, 65_535, 1], '65534,65535,0,1,', 0],
    ['begun anew far away', [1, 30_000, 30_001], '1,30000,30001,', 3_000],
  ])('%s', (_name, sequences, text, lost) => {
    expect(read(numbered(...sequences))).toEqual({ text, lost, refused: 0 });
  });

  test('one that never comes is waited for 32 packets long, then what came is delivered in order', () => {
    const rest = Array.from({ length: 32 }, (_, i) => i + 3);
    const { text, lost } = read(numbered(1, ...rest));
    expect([text, lost]).toEqual([`1,${rest.map((n) => `${n},`).join('')}`, 1]);
  });

  test('of another sender, of reports and of nothing is nothing delivered', () => {
    const report = packet(2, 'x');
    report[1] = 200;
    const odd = [report, packet(2, 'y', { ssrc: 8 }), packet(2, ''), Buffer.from('x'), packet(2, 'z', { flags: 0x40 })];
    expect(read([packet(1, 'a'), ...odd, packet(2, 'b')])).toEqual({ text: 'ab', lost: 0, refused: 4 });
  });

  test('who comes first is held to where the device names no number', () => {
    const packets = [packet(1, 'a', { ssrc: 9 }), packet(2, 'x', { ssrc: 7 }), packet(2, 'b', { ssrc: 9 })];
    let text = '';
    const reader = createRtpReader((bytes) => {
      text += bytes;
    });
    reader.expect(undefined);
    for (const each of packets) reader.push(each);
    expect(text).toBe('ab');
  });

  test('sources, extension and padding are no picture', () => {
    const more = Buffer.concat([Buffer.alloc(4), Buffer.of(0, 0, 0, 1), Buffer.alloc(4)]);
    const padded = packet(1, `ab${String.fromCharCode(0, 0, 3)}`, { flags: 0x80 | 0x20 | 0x10 | 1, more });
    expect(read([padded]).text).toBe('ab');
  });

  test('whatever comes harms nothing', () => {
    const reader = createRtpReader(() => {});
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => reader.push(Buffer.from(bytes))),
      { seed: 285, numRuns: 2000 },
    );
  });

  test('over a connection they are the same however its bytes come', () => {
    const framed = Buffer.concat(
      ['one', '', 'three'].map((text) => Buffer.concat([Buffer.of(0, text.length), Buffer.from(text)])),
    );
    for (const size of [1, 2, 3, 5, 100]) {
      const seen: string[] = [];
      const frames = createRtpFrames((bytes) => seen.push(`${bytes}`));
      for (let at = 0; at < framed.length; at += size) frames.push(framed.subarray(at, at + size));
      expect(seen).toEqual(['one', 'three']);
    }
  });
});

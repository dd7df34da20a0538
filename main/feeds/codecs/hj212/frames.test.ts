import { describe, expect, test } from 'vitest';
import type { CodecFault } from '../codec.ts';
import { crc16, crcText, modbusCrc } from './crc.ts';
import { createCutter, MOST_SEGMENT } from './frames.ts';
import { frameOf } from './reply.ts';

const A = 'QN=20261127083000000;ST=32;CN=2011;PW=123456;MN=A1;Flag=5;CP=&&DataTime=20261127083000;w01018-Rtd=53.0&&';
const B = 'QN=20261127083030000;ST=32;CN=2011;PW=123456;MN=B2;Flag=5;CP=&&DataTime=20261127083030;w01018-Rtd=54.0&&';
const text = (segment: string) => Buffer.from(frameOf(segment)).toString();
/** A frame with another length or CRC than it should have. */
const frame = (
  segment: string,
  { length = Buffer.byteLength(segment), crc = crcText(crc16(Buffer.from(segment))) } = {},
) => `##${String(length).padStart(4, '0')}${segment}${crc}\r\n`;

/** What comes of these portions; binary where they are not text. */
function cut(...portions: (string | Uint8Array)[]) {
  const cutter = createCutter();
  const segments: string[] = [];
  const faults: CodecFault[] = [];
  for (const portion of portions)
    cutter.take(typeof portion === 'string' ? Buffer.from(portion) : portion, {
      segment: (bytes) => segments.push(Buffer.from(bytes).toString()),
      refuse: (fault) => faults.push(fault()),
    });
  return { segments, faults, kept: cutter.kept() };
}

describe('frames are cut out of a stream', () => {
  test.each<[string, string[]]>([
    ['two in one portion', [text(A) + text(B)]],
    [
      'one in many portions, within ##, length, CRC and the end of line',
      ['#', '#0', text(A).slice(3, -4), text(A).slice(-4, -1), `\n${text(B)}`],
    ],
    ['byte by byte', [...(text(A) + text(B))]],
    ['no end of line between them', [text(A).trim() + text(B).trim()]],
    ['modem text in front', ['\r\nOK\r\nCONNECT 9600\r\n', `+++${text(A)}`, `NO CARRIER\r\n${text(B)}`]],
    ['a CRC in lower case', [text(A).replace(/[0-9A-F]{4}\r\n$/, (crc) => crc.toLowerCase()), text(B)]],
    ['a # too many', [`#${text(A)}#${text(B)}`]],
  ])('%s', (what, portions) => {
    const { segments, faults, kept } = cut(...portions);
    expect(segments).toEqual([A, B]);
    // A lone # is none of the modem's.
    expect(faults).toHaveLength(what === 'a # too many' ? 2 : 0);
    expect(kept).toBe(0);
  });

  test('by their length, though the segment has all that may end or begin one', () => {
    const nasty = `QN=1;ST=32;CN=3020;MN=A1;CP=&&i11001-Info=//&&1C80\r\n##0004${text(B)}//&&`;
    expect(cut(text(nasty), text(A)).segments).toEqual([nasty, A]);
  });

  test.each<[string, string, number]>([
    ['a wrong CRC between good ones', text(A) + frame(B, { crc: '0000' }) + text(B), 1],
    ['rubbish', `\u0000\u0001${text(A)}rubbish\r\n${text(B)}`, 2],
    ['the rest of a frame whose beginning was lost', text(A).slice(30) + text(A) + text(B), 1],
    ['a length that is too short', text(A) + frame(B, { length: 40 }) + text(B), 1],
    ['a length that takes in the next frame', text(A) + frame(B, { length: 200 }) + text(B), 1],
    ['a length beyond all limits', text(A) + frame(B, { length: 9999 }) + text(B), 1],
  ])('%s is refused once and the next frame is found', (_what, stream, refused) => {
    const { segments, faults } = cut(stream);
    expect(segments).toEqual([A, B]);
    expect(faults).toHaveLength(refused);
  });

  test('that come while a wrong length has the cutter wait for thousands of bytes more', () => {
    const { segments, faults, kept } = cut(
      frame(A, { length: 5000 }),
      text(B).slice(0, 50),
      text(B).slice(50),
      text(A),
    );
    expect(segments).toEqual([B, A]);
    expect(faults.map((f) => f.remedy.en)).toEqual(['Have the device count the bytes of the data segment.']);
    expect(kept).toBe(0);
  });

  test('that follow such a frame without an end of line too', () => {
    const { segments, faults } = cut(frame(A, { length: 5000 }).trim(), text(B).trim(), `\r\n${text(A)}`);
    expect([segments, faults.length]).toEqual([[B, A], 1]);
  });

  test('that come while such frames follow each other, each with what looks like another in it', () => {
    const trap = `${frame(A, { length: 5000 })}##0010${'x'.repeat(20)}\n${text(B)}`;
    expect(cut(...new Array(40).fill(trap)).segments).toEqual(new Array(40).fill(B));
  });

  test('however many that are bad came before, at once or one by one', () => {
    const short = frame('CN=2011;MN=A1;CP=&&&&', { crc: '0000' });
    const long = frame(`${A}${A}${A}`, { crc: '0000' });
    for (let n = 0; n < 40; n++) {
      const before = [long, ...new Array(n).fill(short)];
      const last = frame(A, { length: 200 }) + text(B);
      expect(cut(before.join('') + last).segments).toEqual([B]);
      expect(cut(...before, short + text(B)).segments).toEqual([B]);
    }
  });

  test('behind headers in a row, of which sixteen are looked at', () => {
    const { segments, faults } = cut(`${'##5000'.repeat(40)}\n${text(B)}`);
    expect([segments, faults.length]).toEqual([[B], 16]);
  });

  test('with a data segment beyond what the standard advises', () => {
    const long = A.replace('&&DataTime', `&&Note=${'x'.repeat(MOST_SEGMENT - A.length - 6)};DataTime`);
    expect(cut(text(long)).segments).toEqual([long]);
  });

  test('and what brings them stays as it was', () => {
    const bytes = Buffer.from(frame(A, { crc: '0000' }) + text(B).slice(0, 40));
    const before = bytes.toString();
    const cutter = createCutter();
    const segments: string[] = [];
    const to = {
      segment: (s: Uint8Array) => segments.push(Buffer.from(s).toString()),
      refuse: (f: () => CodecFault) => f(),
    };
    cutter.take(bytes, to);
    expect(bytes.toString()).toBe(before);
    // Sockets use their buffers again.
    bytes.fill(0);
    cutter.take(Buffer.from(text(B).slice(40)), to);
    expect(segments).toEqual([B]);
  });
});

describe('a refused frame is told with what the device did', () => {
  const right = crcText(crc16(Buffer.from(A)));
  const modbus = crcText(modbusCrc(Buffer.from(A)));
  const turned = (crc: string) => crc.slice(2) + crc.slice(0, 2);
  const zero =
    'QN=20261127083000009;ST=32;CN=2011;PW=123456;MN=A1;Flag=5;CP=&&DataTime=20261127083000;w01018-Rtd=53.0&&';
  const small =
    Array.from({ length: 999 }, (_, i) => zero.replace('53.0', `${i}`)).find((s) => crc16(Buffer.from(s)) < 0x1000) ??
    '';

  test.each<[string, string, string, string]>([
    [
      'a CRC whose bytes are turned',
      frame(A, { crc: turned(right) }),
      'CRC',
      'The device sends the low byte first: have it send the high byte first.',
    ],
    [
      'a CRC of MODBUS',
      frame(A, { crc: modbus }),
      'CRC',
      'The device computes the CRC of MODBUS: have it follow annex A of HJ 212.',
    ],
    [
      'a CRC of MODBUS as MODBUS sends it',
      frame(A, { crc: turned(modbus) }),
      'CRC',
      'The device computes the CRC of MODBUS: have it follow annex A of HJ 212.',
    ],
    [
      'a CRC without its zero',
      frame(small, { crc: crc16(Buffer.from(small)).toString(16) }) + text(B),
      'CRC',
      'The device drops the leading zero: have it write four hex digits.',
    ],
    [
      'any other CRC',
      frame(A, { crc: 'BEEF' }),
      'CRC',
      "Check the line for lost bytes, and the device's length and CRC.",
    ],
    [
      'a CRC that is none',
      frame(A, { crc: 'WXYZ' }),
      'CRC',
      "Check the line for lost bytes, and the device's length and CRC.",
    ],
    [
      'a length with the CRC in it',
      frame(A, { length: A.length + 4 }) + text(B),
      'length',
      'The device counts the CRC too: have it count the data segment only.',
    ],
    [
      'a length with CRC and end of line in it',
      frame(A, { length: A.length + 6 }) + text(B),
      'length',
      'The device counts the CRC and the end of line too: have it count the data segment only.',
    ],
    [
      'a length with all but the end of line',
      frame(A, { length: A.length + 10 }) + text(B),
      'length',
      'The device counts the ##, the length and the CRC too: have it count the data segment only.',
    ],
    [
      'a length with everything in it',
      frame(A, { length: A.length + 12 }) + text(B),
      'length',
      'The device counts the whole frame too: have it count the data segment only.',
    ],
    [
      'a length of three digits',
      `##${A.length}${A}${right}\r\n`,
      'length',
      'Have the device write the length of the data segment in four decimal digits, zero-filled, such as 0101.',
    ],
    [
      'a length beyond the limit',
      frame(A, { length: 8193 }),
      'length',
      'Have the device split the message by PNUM and PNO, at most 1024 bytes each.',
    ],
    [
      'another protocol',
      'GET / HTTP/1.1\r\nHost: hall\r\n\r\n',
      '',
      'Check which device is connected here and its protocol: a frame begins with ## and four digits.',
    ],
    [
      'another protocol in bytes',
      '\u007e\u007e\u0001\u0000',
      '',
      'Check which device is connected here and its protocol: a frame begins with ## and four digits.',
    ],
  ])('%s', (_what, stream, path, remedy) => {
    const { faults } = cut(stream);
    expect(faults.map((f) => [f.path, f.remedy.en])).toEqual([[path, remedy]]);
  });

  test('with both sums, and without its password', () => {
    const [fault] = cut(frame(A, { crc: 'BEEF' })).faults;
    expect(fault?.message.en).toBe(`the CRC is "BEEF", the data segment gives ${right}`);
    expect(fault?.excerpt).toContain('PW=******;MN=A1');
  });

  test('in hex where it is no text', () => {
    expect(cut(Uint8Array.of(0xff, 0x00, 0x7e)).faults[0]?.excerpt).toBe('ff007e');
  });
});

describe('what is kept', () => {
  test('of endless rubbish is nothing, and it is told once', () => {
    const cutter = createCutter();
    let refused = 0;
    const rubbish = new Uint8Array(10_000).fill(0x41);
    for (let i = 0; i < 100; i++) cutter.take(rubbish, { segment: () => {}, refuse: () => refused++ });
    expect(cutter.kept()).toBe(0);
    expect(refused).toBe(1);
  });

  test('of a frame that never ends is at most a frame', () => {
    const cutter = createCutter();
    let most = 0;
    for (let i = 0; i < 3000; i++) {
      cutter.take(Buffer.from(i === 0 ? '##8192QN=' : 'x'.repeat(10)), { segment: () => {}, refuse: () => {} });
      most = Math.max(most, cutter.kept());
    }
    expect(most).toBeGreaterThan(8000);
    expect(most).toBeLessThanOrEqual(MOST_SEGMENT + 10);
  });

  test('of frames within frames within frames costs sixteen sums over each, not one at every ##', () => {
    const stream = Buffer.from('##8192'.repeat(20_000));
    let refused = 0;
    createCutter().take(stream, { segment: () => {}, refuse: () => refused++ });
    expect(refused).toBeGreaterThan(16);
    expect(refused).toBeLessThanOrEqual(16 * Math.ceil(stream.length / MOST_SEGMENT));
  });
});

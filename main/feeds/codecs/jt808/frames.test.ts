import { describe, expect, test } from 'vitest';
import { framed } from '../../../../tests/fixtures/jt808/frames.ts';
import { createFrames, LONGEST } from './frames.ts';

const HEARTBEAT = '000200000138123456780001';
const OTHER = '000200000138123456780002';

/** Frames (hex of header and body) and faults (English) in the order they came, of portions of bytes. */
function cut(...portions: (Uint8Array | string)[]) {
  const came: string[] = [];
  const frames = createFrames({
    frame: (view, start, end) =>
      came.push(Buffer.from(view.buffer, view.byteOffset + start, end - start).toString('hex')),
    fault: (issue) => came.push(issue().message.en),
  });
  for (const portion of portions) frames.take(typeof portion === 'string' ? Buffer.from(portion, 'hex') : portion);
  return { came, held: frames.held() };
}

describe('a stream of frames', () => {
  test('is checked by the XOR of header and body, as worked out in the standard', () => {
    expect(framed(HEARTBEAT).toString('hex')).toBe(`7e${HEARTBEAT}327e`);
    expect(cut(framed(HEARTBEAT)).came).toEqual([HEARTBEAT]);
    expect(cut(framed(HEARTBEAT, 0x33)).came).toEqual(['the checksum is wrong']);
  });

  test('has its escapes undone, in the checksum too', () => {
    const escapedSum = '00020000013812345678004d';
    expect(framed(escapedSum).toString('hex')).toBe(`7e${escapedSum}7d027e`);
    const escapedSerial = '0002000001381234567d7e7d';
    expect(cut(framed(escapedSum), framed(escapedSerial)).came).toEqual([escapedSum, escapedSerial]);
  });

  test('with 7D before anything but 01 and 02 is refused', () => {
    expect(cut(`7e${HEARTBEAT.slice(0, -2)}7d03327e`).came).toEqual(['a wrong escape: 7D is not followed by 01 or 02']);
    expect(cut(`7e${HEARTBEAT}327d7e`).came).toEqual(['a wrong escape: 7D is not followed by 01 or 02']);
  });

  test('may have two frames share one 7E', () => {
    expect(cut(`7e${HEARTBEAT}327e${OTHER}317e`, framed(HEARTBEAT)).came).toEqual([HEARTBEAT, OTHER, HEARTBEAT]);
  });

  test('may have bytes between frames that keep the line open, unless they stand where a frame must', () => {
    expect(cut('0000', framed(HEARTBEAT), '00', framed(OTHER), 'ffff', framed(HEARTBEAT)).came).toEqual([
      HEARTBEAT,
      OTHER,
      HEARTBEAT,
    ]);
    expect(cut('7e00007e').came).toEqual(['a frame of 2 bytes, less than a header']);
    expect(cut(framed(HEARTBEAT), '00', '7e01027e').came).toEqual([
      HEARTBEAT,
      'a frame of 2 bytes, less than a header',
    ]);
  });

  test('goes on behind what is no frame', () => {
    expect(cut(`7e${'11'.repeat(41)}`, framed(HEARTBEAT)).came).toEqual(['the checksum is wrong', HEARTBEAT]);
  });

  test('in portions of one byte gives the same', () => {
    const whole = Buffer.concat([
      framed(HEARTBEAT),
      Buffer.from([0, 0]),
      framed('0002000001381234567d7e7d'),
      framed(OTHER),
    ]);
    expect(cut(...[...whole].map((byte) => Uint8Array.of(byte))).came).toEqual(cut(whole).came);
  });

  test('without an end keeps no more than the longest frame, is told once and goes on at the next 7E', () => {
    const portion = new Uint8Array(1000).fill(0x11);
    expect(cut('7e', portion, portion).held).toBe(2000);
    const endless = 'a frame without end: no 7E within the longest there is';
    expect(cut('7e', portion, portion, portion, portion)).toEqual({ came: [endless], held: 0 });
    expect(cut('7e', portion, portion, portion, portion, '7e', framed(HEARTBEAT)).came).toEqual([endless, HEARTBEAT]);
    expect(cut('7e', new Uint8Array(LONGEST + 1).fill(0x11), '7e').came).toEqual([endless]);
    const longest = Buffer.from(`7e${'11'.repeat(LONGEST)}7e`, 'hex');
    expect(cut(longest).came).toEqual(['11'.repeat(LONGEST - 1)]);
    expect(cut(...[...longest].map((byte) => Uint8Array.of(byte))).came).toEqual(['11'.repeat(LONGEST - 1)]);
  });

  test('that never begins a frame is another protocol: told once, nothing kept', () => {
    const get = Buffer.from(
      'GET / HTTP/1.1\r\nHost: hall.example\r\nUser-Agent: something that is no terminal\r\n\r\n',
    );
    expect(cut(get, get, get)).toEqual({ came: ['not JT/T 808: there is no 7E that begins a frame'], held: 0 });
    expect(cut(get, framed(HEARTBEAT)).came).toHaveLength(2);
  });
});

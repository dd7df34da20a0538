import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import type { CodecFault } from '../codec.ts';
import { excerptOf, isText } from './excerpt.ts';

/** What a modem or a serial converter says of its own, line by line. */
const MODEM = /^(\+.*|AT.*|OK|ERROR|RING|BUSY|CONNECT.*|NO .*)$/;
/** No line of a modem is longer. */
const LINE = 40;

/** The bytes between frames: ends of lines and modem talk are nobody's concern, anything else is one fault for each run of it. */
export interface Noise {
  /** Bytes at [from, to) that belong to no frame. */
  skip(bytes: Uint8Array, from: number, to: number): void;
  /** What there is to say of the run so far, once. */
  fault(): CodecFault | null;
  /** A frame begins here; answers what there is to say of the run before it. */
  end(): CodecFault | null;
  /** What follows, up to the next frame, belongs to a frame that has been refused already. */
  mute(): void;
}

const EMPTY = new Uint8Array(0);
const CR = 0x0d;
const LF = 0x0a;

export function createNoise(): Noise {
  let run: Uint8Array = EMPTY;
  let line = '';
  let state: 'quiet' | 'foreign' | 'told' = 'quiet';
  const judge = () => {
    if (line !== '' && !MODEM.test(line)) state = 'foreign';
    line = '';
  };
  const fault = () => {
    if (state !== 'foreign') return null;
    state = 'told';
    return describe(run);
  };
  return {
    skip(bytes, begin, to) {
      let from = begin;
      // What stands behind every frame.
      if (state === 'quiet' && line === '') while (from < to && (bytes[from] === LF || bytes[from] === CR)) from++;
      if (from === to) return;
      if (state !== 'told' && run.length < EXCERPT_CHARS)
        run = joined(run, bytes.subarray(from, Math.min(to, from + EXCERPT_CHARS - run.length)));
      for (let i = from; state === 'quiet' && i < to; i++) {
        const byte = bytes[i] ?? 0;
        if (byte === LF || byte === CR) {
          judge();
          if (state === 'quiet') run = EMPTY;
        } else {
          line += String.fromCharCode(byte);
          if (line.length > LINE || byte > 0x7e || !isText(byte)) state = 'foreign';
        }
      }
      if (state === 'quiet' && line === '') run = EMPTY;
    },
    fault,
    end() {
      if (state === 'quiet') judge();
      const said = fault();
      state = 'quiet';
      line = '';
      run = EMPTY;
      return said;
    },
    mute() {
      state = 'told';
    },
  };
}

function describe(run: Uint8Array): CodecFault {
  const excerpt = excerptOf(run);
  if (/^##[^#]{0,4}QN=|^##\s*\d{1,3}\D/.test(excerpt))
    return {
      path: 'length',
      message: { zh: '“##”之后不是四位十进制长度', en: '`##` is not followed by four decimal digits' },
      remedy: {
        zh: '请让现场机把数据段长度写成四位十进制数，不足补零，例如 0101',
        en: 'Have the device write the length of the data segment in four decimal digits, zero-filled, such as 0101.',
      },
      excerpt,
    };
  return {
    path: '',
    message: { zh: '不是 HJ 212 数据包', en: 'no frame of HJ 212' },
    remedy: {
      zh: '请检查该端口所接的设备及其协议；数据包应以“##”和四位长度开头',
      en: 'Check which device is connected here and its protocol: a frame begins with ## and four digits.',
    },
    excerpt,
  };
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

import type { Said } from '../../../config/issue.ts';
import type { CodecFault } from '../codec.ts';
import { crc16, crcText, modbusCrc } from './crc.ts';
import { excerptOf } from './excerpt.ts';

const HEADER = 6;
/** SM4 works on groups of so many bytes; what is shorter stays plain. */
const SM4_GROUP = 16;
const OPENING = 'CP=&&';
const AMPERSAND = 0x26;

/**
 * What a device did that sent a frame whose length or CRC is wrong, as far as the bytes tell.
 *
 * @param frame from `##` on, with what follows it
 * @param declared the length that it says
 */
export function whatIsWrong(frame: Uint8Array, declared: number): CodecFault {
  const excerpt = excerptOf(frame.subarray(0, HEADER + declared + 6));
  if (isEncrypted(frame.subarray(HEADER, HEADER + declared))) return { path: 'CP', ...ENCRYPTED, excerpt };
  const real = segmentOf(frame, declared);
  if (real && real.length !== declared) return { path: 'length', ...wrongLength(declared, real.length), excerpt };
  const segment = frame.subarray(HEADER, HEADER + declared);
  const digits = real?.digits ?? latin1(frame.subarray(HEADER + declared, HEADER + declared + 4));
  return { path: 'CRC', ...wrongCrc(segment, digits), excerpt };
}

/** Whether the data segment ends, and a CRC stands, where the length says so. */
export function endsWhereItSays(frame: Uint8Array, declared: number): boolean {
  return /^&&[0-9A-Fa-f]{4}$/.test(latin1(frame.subarray(HEADER + declared - 2, HEADER + declared + 4)));
}

/**
 * Whether the CP area is ciphertext (HJ 212-2025: SM4-ECB over its whole groups). The standard's CRC is that of the plain text, so that
 * such a frame mostly fails it; some print the bytes as `{0xE4,…}`.
 */
export function isEncrypted(segment: Uint8Array): boolean {
  const start = openingOf(segment) + OPENING.length;
  if (start < OPENING.length || beginsWithName(segment, start)) return false;
  const text = latin1(segment);
  const end = text.lastIndexOf('&&');
  const area = text.slice(start, end < start ? text.length : end);
  if (area.startsWith('{0x')) return true;
  if (area.length < SM4_GROUP) return false;
  // Of plain text with a few broken bytes or Chinese in it most is ASCII, of ciphertext about a third.
  let foreign = 0;
  for (let i = 0; i < area.length; i++) if (area.charCodeAt(i) < 0x20 || area.charCodeAt(i) > 0x7e) foreign++;
  return foreign * 4 >= area.length;
}

/** Where the CP area is opened, -1 where it is not. */
function openingOf(bytes: Uint8Array): number {
  for (let i = 4; i < bytes.length; i++) {
    if (bytes[i] !== AMPERSAND || bytes[i - 1] !== AMPERSAND) continue;
    if (bytes[i - 2] === 0x3d && bytes[i - 3] === 0x50 && bytes[i - 4] === 0x43) return i - 4;
  }
  return -1;
}

/** Whether a member's name and `=` stand there, as in all plain text: nearly every frame is asked. */
function beginsWithName(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === 0x3d) return i > from;
    const letter = byte | 0x20;
    const named =
      (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2d;
    if (!named) return false;
  }
  return false;
}

/** The remedy names what the hall can do today. */
export const ENCRYPTED: Said = {
  message: {
    zh: 'CP 区已加密（HJ 212-2025，SM4），大厅只读明文',
    en: 'CP is encrypted (HJ 212-2025, SM4), the hall reads plain text',
  },
  remedy: {
    zh: '请在现场机上关闭对大厅的加密，并经专线或 VPN 接入',
    en: 'Have the device send plain text to the hall, over a private line or a VPN.',
  },
};

/** Where the data segment really ends: at `&&`, digits of a CRC and the end of a line or the next frame. */
function segmentOf(frame: Uint8Array, declared: number): { length: number; digits: string } | null {
  const text = latin1(frame.subarray(0, HEADER + declared + 64));
  const opening = text.indexOf('CP=&&');
  if (opening < 0) return null;
  const closing = /&&([0-9A-Fa-f]{1,4})(?=[\r\n]|##|$)/g;
  closing.lastIndex = opening + 5;
  const match = closing.exec(text);
  return match ? { length: match.index + 2 - HEADER, digits: match[1] ?? '' } : null;
}

/** What devices count that are wrong by so many bytes. */
const COUNTED: Readonly<Record<number, { zh: string; en: string }>> = {
  4: { zh: 'CRC', en: 'the CRC' },
  6: { zh: 'CRC 与回车换行', en: 'the CRC and the end of line' },
  10: { zh: '包头、长度与 CRC', en: 'the ##, the length and the CRC' },
  12: { zh: '整个数据包', en: 'the whole frame' },
};

function wrongLength(declared: number, real: number): Said {
  const counted = COUNTED[declared - real];
  return {
    message: {
      zh: `长度写的是 ${declared}，数据段实有 ${real} 字节`,
      en: `the length says ${declared}, the data segment has ${real} bytes`,
    },
    remedy: counted
      ? {
          zh: `现场机把${counted.zh}也计入了长度，请只计数据段`,
          en: `The device counts ${counted.en} too: have it count the data segment only.`,
        }
      : { zh: '请让现场机只按数据段的字节数填写长度', en: 'Have the device count the bytes of the data segment.' },
  };
}

function wrongCrc(segment: Uint8Array, digits: string): Said {
  const right = crc16(segment);
  const modbus = modbusCrc(segment);
  const hex = /^[0-9A-Fa-f]{1,4}$/.test(digits);
  const said = hex ? Number.parseInt(digits, 16) : -1;
  const shown = JSON.stringify(digits.toUpperCase());
  return {
    message: {
      zh: `CRC 为 ${shown}，按数据段计算应为 ${crcText(right)}`,
      en: `the CRC is ${shown}, the data segment gives ${crcText(right)}`,
    },
    remedy:
      digits.length === 4 && said === swapped(right)
        ? {
            zh: '现场机先发了低字节，请改为高字节在前',
            en: 'The device sends the low byte first: have it send the high byte first.',
          }
        : said === right
          ? {
              zh: '现场机省去了开头的零，请写满四位十六进制数',
              en: 'The device drops the leading zero: have it write four hex digits.',
            }
          : said === modbus || said === swapped(modbus)
            ? {
                zh: '现场机用了 MODBUS 的 CRC 算法，请改用 HJ 212 附录 A 的算法',
                en: 'The device computes the CRC of MODBUS: have it follow annex A of HJ 212.',
              }
            : {
                zh: '请检查线路是否丢字节，以及现场机的长度与 CRC 算法',
                en: "Check the line for lost bytes, and the device's length and CRC.",
              },
  };
}

function swapped(crc: number): number {
  return ((crc & 0xff) << 8) | (crc >> 8);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

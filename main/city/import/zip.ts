import { crc32, inflateRawSync } from 'node:zlib';
import { encodingNamed } from './decodeText.ts';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** A ZIP archive, of which parts are unpacked one by one. */
export interface ZipArchive {
  readonly names: readonly string[];
  /**
   * @returns null when there is no such part
   * @throws ImportError when it is damaged, packed in another way, or larger than may be.
   */
  read(name: string): Buffer | null;
}

interface Part {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const LONG_END = 0x06064b50;
const LOCATOR = 0x07064b50;

const CUT = (cause?: unknown) =>
  refusal(
    { zh: '压缩包不完整或已损坏', en: 'the archive is cut off or damaged' },
    { zh: '请重新复制或重新导出该文件', en: 'Copy it again, or export it anew.' },
    cause,
  );

const BOMB = () =>
  refusal(
    { zh: '解压后过大', en: 'unpacks to more than may be' },
    {
      zh: '请确认文件来源；若没有问题，请拆成几个文件',
      en: 'Make sure where it comes from; if it is as it should be, split it.',
    },
  );

const UNFIT = (zh: string, en: string) =>
  refusal({ zh, en }, { zh: '请用普通 ZIP 格式重新压缩', en: 'Pack it again as a plain ZIP.' });

/**
 * Opens an archive by its central directory (PKWARE APPNOTE 6.3.10, with ZIP64, which Java's workbooks are written in however small). Names are UTF-8 where it says so or where they are, else
 * GB18030, as Chinese Windows writes them. What a part unpacks to is bounded before and while it is unpacked.
 *
 * @throws ImportError when it is cut off, has too many parts, needs a password, or would unpack to more than {@link IMPORT_LIMITS}.
 */
export function openZip(bytes: Buffer): ZipArchive {
  const parts = directoryOf(bytes);
  let unpacked = 0;
  return {
    names: [...parts.keys()],
    read(name) {
      const part = parts.get(name);
      if (!part) return null;
      if (unpacked + part.size > IMPORT_LIMITS.unpacked) throw BOMB();
      const whole = unpack(bytes, part);
      unpacked += whole.length;
      return whole;
    },
  };
}

function directoryOf(bytes: Buffer): Map<string, Part> {
  const end = endOf(bytes);
  let at = end.directory;
  const parts = new Map<string, Part>();
  for (let i = 0; i < end.count; i++) {
    if (at + 46 > end.at || bytes.readUInt32LE(at) !== ENTRY) throw CUT();
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const next = extraEnd + bytes.readUInt16LE(at + 32);
    if (next > end.at) throw CUT();
    const name = nameText(bytes.subarray(at + 46, nameEnd)).replaceAll('\\', '/');
    const [size = 0, packed = 0, start = 0] = longNumbers(
      [24, 20, 42].map((offset) => bytes.readUInt32LE(at + offset)),
      bytes.subarray(nameEnd, extraEnd),
    );
    parts.set(name, {
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      ...{ packed, size, at: start },
    });
    at = next;
  }
  return parts;
}

/** Where the directory ends and begins, and how many parts it has. */
function endOf(bytes: Buffer): { at: number; directory: number; count: number } {
  // The end is followed by a remark of at most 65,535 bytes.
  const from = Math.max(0, bytes.length - 65_557);
  let at = bytes.length - 22;
  while (at >= from && bytes.readUInt32LE(at) !== END) at--;
  if (at < from) throw CUT();
  let [count, directory] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16)];
  if (at >= 20 && bytes.readUInt32LE(at - 20) === LOCATOR) {
    const long = numberAt(bytes, at - 12);
    if (long + 56 > at || bytes.readUInt32LE(long) !== LONG_END) throw CUT();
    [count, directory] = [numberAt(bytes, long + 32), numberAt(bytes, long + 48)];
  }
  if (count > IMPORT_LIMITS.parts) throw BOMB();
  return { at, directory, count };
}

/** Numbers of which those that are all ones stand in the extra field 1, one after the other, with eight bytes each. */
function longNumbers(short: readonly number[], extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return short.map((each) => {
    if (each !== 0xffffffff) return each;
    if (at + 8 > extra.length) throw CUT();
    at += 8;
    return numberAt(extra, at - 8);
  });
}

/** Eight bytes as a number; what is larger than any file is as good as cut off. */
function numberAt(bytes: Buffer, at: number): number {
  const number = bytes.readBigUInt64LE(at);
  if (number > 0xffffffffffn) throw CUT();
  return Number(number);
}

function nameText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(encodingNamed('gbk') ?? 'gb18030').decode(bytes);
  }
}

function unpack(bytes: Buffer, { flags, method, crc, packed, size, at }: Part): Buffer {
  if ((flags & 1) !== 0) throw PASSWORD();
  if (method !== 0 && method !== 8) throw UNFIT(`用了压缩方法 ${method}`, `is packed with the method ${method}`);
  if (size > IMPORT_LIMITS.smallPart && size > packed * IMPORT_LIMITS.ratio) throw BOMB();
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw CUT();
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const body = bytes.subarray(start, start + packed);
  if (body.length < packed) throw CUT();
  let whole: Buffer;
  try {
    // One that is larger than its directory says is stopped where it should have ended.
    whole = method === 0 ? body : inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? BOMB() : CUT(error);
  }
  if (whole.length !== size || crc32(whole) !== crc) throw CUT();
  return whole;
}

/** What a file says that nobody can read without its password. */
export const PASSWORD = () =>
  refusal(
    { zh: '设有密码', en: 'is protected by a password' },
    { zh: '请打开后另存为没有密码的文件', en: 'Open it and save it without one.' },
  );

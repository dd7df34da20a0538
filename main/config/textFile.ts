import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { Text } from '../../core/words.ts';
import type { Said } from './issue.ts';
import { SPLIT, YAML_LIMITS } from './readYaml.ts';

/** A file whose text cannot be had: what is wrong with it and what to do. */
export class TextFileError extends Error {
  readonly said: Said;

  constructor(said: Said, cause?: unknown) {
    super(said.message.en, { cause });
    this.name = 'TextFileError';
    this.said = said;
  }
}

/** What stands at a name that is no file: reading some of them would wait for ever. */
function otherThan(stats: Stats): Text {
  if (stats.isDirectory()) return { zh: '是文件夹，不是文件', en: 'is a folder, not a file' };
  if (stats.isFIFO()) return { zh: '是管道，不是文件', en: 'is a pipe, not a file' };
  if (stats.isSocket()) return { zh: '是套接字，不是文件', en: 'is a socket, not a file' };
  return { zh: '是设备，不是文件', en: 'is a device, not a file' };
}

const PUT_A_FILE: Text = { zh: '请在此处放一个普通文件', en: 'Put a plain file there.' };

const UNREADABLE: Said = {
  message: { zh: '没有读取权限', en: 'may not be read' },
  remedy: { zh: '请允许运行大厅服务的用户读取', en: 'Make the file readable for the user who runs the hall.' },
};

const REASONS: Readonly<Record<string, Said>> = {
  ENOENT: {
    message: { zh: '没有这个文件', en: 'there is no such file' },
    remedy: { zh: '请改正名称，或把文件放到此处', en: 'Correct the name, or put the file there.' },
  },
  ENOTDIR: {
    message: { zh: '没有这个文件', en: 'there is no such file' },
    remedy: {
      zh: '请改正名称：其中有一段是文件，不是文件夹',
      en: 'Correct the name: a part of it is a file and not a folder.',
    },
  },
  EACCES: UNREADABLE,
  EPERM: UNREADABLE,
  ELOOP: {
    message: { zh: '是指向自己的链接', en: 'is a link that leads to itself' },
    remedy: { zh: '请重建链接，或把文件放到此处', en: 'Make the link anew, or put the file there.' },
  },
  ENXIO: {
    message: { zh: '是管道或设备，不是文件', en: 'is a pipe or a device, not a file' },
    remedy: PUT_A_FILE,
  },
  EMFILE: {
    message: { zh: '无法打开：打开的文件过多', en: 'cannot be opened: too many files are open' },
    remedy: {
      zh: '请关闭其他程序，或提高打开文件数的上限',
      en: 'Close other programs, or raise the limit of open files, and start again.',
    },
  },
  EIO: {
    message: { zh: '无法读取：磁盘出错', en: 'cannot be read: the disk fails' },
    remedy: { zh: '请检查磁盘，并用备份恢复文件', en: 'Check the disk, and bring the file back from a copy.' },
  },
};

/** What is to be said of an error of the file system, without the file's name. */
export function fileFault(error: unknown): Said {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return (
    known ?? {
      message: {
        zh: code === '' ? '无法读取' : `无法读取（${code}）`,
        en: `cannot be read (${code || String(error)})`,
      },
      remedy: { zh: '请放一个大厅服务可以读取的普通文件', en: 'Make it a plain file that the hall may read.' },
    }
  );
}

/**
 * The text of a configuration file: UTF-8, with or without a byte order mark.
 *
 * @param most bytes
 * @throws TextFileError for what is missing, no plain file, too large, or written in another encoding.
 */
export function readTextFile(file: string, most: number = YAML_LIMITS.bytes): string {
  let bytes: Buffer;
  try {
    // Not to wait for somebody who writes into a pipe.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      bytes = readPlain(handle, most);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof TextFileError) throw error;
    throw new TextFileError(fileFault(error), error);
  }
  return decode(bytes);
}

function readPlain(handle: number, most: number): Buffer {
  const stats = fstatSync(handle);
  if (!stats.isFile()) throw new TextFileError({ message: otherThan(stats), remedy: PUT_A_FILE });
  // What is read decides, not what was said: files of some file systems have no size, others grow.
  const room = Buffer.alloc(Math.min(stats.size, most) + 1);
  let held = 0;
  while (held < room.length) {
    const got = readSync(handle, room, held, room.length - held, held);
    if (got === 0) return room.subarray(0, held);
    held += got;
  }
  if (stats.size < most)
    throw new TextFileError({
      message: { zh: '正在被写入', en: 'is being written just now' },
      remedy: { zh: '请等文件写完', en: 'Start again when it is whole.' },
    });
  throw new TextFileError({
    message: {
      zh: `文件超过 ${most} 字节`,
      en: `the file has more than ${most} bytes`,
    },
    remedy: SPLIT,
  });
}

const SAVE_AS: Text = { zh: '请另存为 UTF-8 编码', en: 'Save it as UTF-8.' };

/** Text of another encoding would come out as other words, so it is refused and not guessed. */
function decode(bytes: Buffer): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    const message = { zh: '文件是 UTF-16 编码', en: 'the file is written in UTF-16' };
    throw new TextFileError({ message, remedy: SAVE_AS });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const line = lineOfFault(bytes);
    const guess = isGbk(bytes)
      ? { zh: '，像是 GBK（GB 18030）', en: '; it looks like GBK (GB 18030)' }
      : { zh: '', en: '' };
    const message = { zh: `第 ${line} 行不是 UTF-8 编码${guess.zh}`, en: `line ${line} is not UTF-8${guess.en}` };
    throw new TextFileError({ message, remedy: SAVE_AS }, cause);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const line = text.slice(0, nul).split('\n').length;
    throw new TextFileError({
      message: {
        zh: `第 ${line} 行含有零字节：文件已损坏，或不是文本`,
        en: `line ${line} holds a zero byte: the file is damaged or no text`,
      },
      remedy: {
        zh: '请用备份恢复，或另存为 UTF-8 编码',
        en: 'Bring it back from a copy, or save it as UTF-8.',
      },
    });
  }
  return text;
}

function isGbk(bytes: Buffer): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function lineOfFault(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; ; line++) {
    const end = bytes.indexOf(0x0a, from); // No byte of a longer UTF-8 sequence is a line feed.
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, end < 0 ? undefined : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    from = end + 1;
  }
}

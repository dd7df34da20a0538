import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type InChinese, PLAIN_FAULTS } from './inChinese.ts';
import { YAML_LIMITS } from './readYaml.ts';

/** A file whose text cannot be had: what is wrong with it and what to do. */
export class TextFileError extends Error {
  readonly remedy: string;
  readonly zh: InChinese;

  constructor(message: string, remedy: string, zh: InChinese, cause?: unknown) {
    super(message, { cause });
    this.name = 'TextFileError';
    this.remedy = remedy;
    this.zh = zh;
  }
}

/** What stands at a name that is no file: reading some of them would wait for ever. */
function otherThan(stats: Stats): string {
  if (stats.isDirectory()) return 'is a folder, not a file';
  if (stats.isFIFO()) return 'is a pipe, not a file';
  if (stats.isSocket()) return 'is a socket, not a file';
  return 'is a device, not a file';
}

const REASONS: Readonly<Record<string, readonly [message: string, remedy: string, zh: InChinese]>> = {
  ENOENT: ['there is no such file', 'Correct the name, or put the file there.', PLAIN_FAULTS.missing],
  ENOTDIR: [
    'there is no such file',
    'Correct the name: a part of it is a file and not a folder.',
    PLAIN_FAULTS.missing,
  ],
  EACCES: ['may not be read', 'Make the file readable for the user who runs the hall.', PLAIN_FAULTS.rights],
  EPERM: ['may not be read', 'Make the file readable for the user who runs the hall.', PLAIN_FAULTS.rights],
  ELOOP: ['is a link that leads to itself', 'Make the link anew, or put the file there.', PLAIN_FAULTS.kind],
  ENXIO: ['is a pipe or a device, not a file', 'Put a plain file there.', PLAIN_FAULTS.kind],
  EMFILE: [
    'cannot be opened: too many files are open',
    'Close other programs, or raise the limit of open files, and start again.',
    PLAIN_FAULTS.disk,
  ],
  EIO: ['cannot be read: the disk fails', 'Check the disk, and bring the file back from a copy.', PLAIN_FAULTS.disk],
};

/** The sentence for an error of the file system, without the file's name. */
export function fileFault(error: unknown): { message: string; remedy: string; zh: InChinese } {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (known) return { message: known[0], remedy: known[1], zh: known[2] };
  return {
    message: `cannot be read (${code || String(error)})`,
    remedy: 'Make it a plain file that the hall may read.',
    zh: PLAIN_FAULTS.disk,
  };
}

/**
 * The text of a configuration file: UTF-8, with or without a byte order mark, at most {@link YAML_LIMITS}.bytes.
 *
 * @throws TextFileError for what is missing, no plain file, too large, or written in another encoding.
 */
export function readTextFile(file: string): string {
  let bytes: Buffer;
  try {
    // Not to wait for somebody who writes into a pipe.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      bytes = readPlain(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof TextFileError) throw error;
    const { message, remedy, zh } = fileFault(error);
    throw new TextFileError(message, remedy, zh, error);
  }
  return decode(bytes);
}

function readPlain(handle: number): Buffer {
  const stats = fstatSync(handle);
  if (!stats.isFile()) throw new TextFileError(otherThan(stats), 'Put a plain file there.', PLAIN_FAULTS.kind);
  // What is read decides, not what was said: files of some file systems have no size, others grow.
  const room = Buffer.alloc(Math.min(stats.size, YAML_LIMITS.bytes) + 1);
  let held = 0;
  while (held < room.length) {
    const got = readSync(handle, room, held, room.length - held, held);
    if (got === 0) return room.subarray(0, held);
    held += got;
  }
  if (stats.size < YAML_LIMITS.bytes)
    throw new TextFileError('is being written just now', 'Start again when it is whole.', PLAIN_FAULTS.disk);
  throw new TextFileError(
    `the file has more than ${YAML_LIMITS.bytes} bytes`,
    'Split it, or remove what does not belong in it.',
    PLAIN_FAULTS.large,
  );
}

const SAVE_AS = 'Save it as UTF-8 (编码选择 UTF-8).';

/** Text of another encoding would come out as other words, so it is refused and not guessed. */
function decode(bytes: Buffer): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new TextFileError('the file is written in UTF-16', SAVE_AS, PLAIN_FAULTS.encoding);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TextFileError(
      `line ${lineOfFault(bytes)} is not UTF-8${guess(bytes)}`,
      SAVE_AS,
      PLAIN_FAULTS.encoding,
      cause,
    );
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new TextFileError(
      `line ${text.slice(0, nul).split('\n').length} holds a zero byte: the file is damaged or no text`,
      'Bring it back from a copy, or save it as UTF-8.',
      PLAIN_FAULTS.encoding,
    );
  }
  return text;
}

function guess(bytes: Buffer): string {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return '; it looks like GBK (GB 18030)';
  } catch {
    return '';
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

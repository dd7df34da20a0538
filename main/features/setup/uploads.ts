import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PIECE_BYTES, type Piece } from '../../../contract/features/setupImport.ts';
import { refusal } from '../../city/import/importError.ts';
import type { Clock } from '../../clock.ts';

/** Files that windows bring at one time. */
const MOST_UPLOADS = 3;
/** A file that nobody asked about for so long is forgotten. */
const KEPT_MS = 30 * 60_000;
/** Bytes of a file's name: file systems take 255. */
const NAME_BYTES = 200;

/** A file that a window brought, whole. */
export interface Upload {
  readonly file: string;
  /** What the person called it, without its ending. */
  readonly name: string;
}

/** Files of departments that windows bring in pieces, each in a folder of its own that only the hall's user can read. */
export interface Uploads {
  /**
   * Adds a piece. @returns bytes that are there now
   * @throws ImportError when it is not the next piece of its file, when too many files are there, or when it cannot be written
   */
  take(piece: Piece): number;
  /** @throws ImportError when there is none of that name, or not all of it */
  whole(upload: string): Upload;
  withdraw(upload: string): void;
  /** Forgets all of them. */
  close(): void;
}

interface Part extends Upload {
  readonly folder: string;
  readonly called: string;
  readonly of: number;
  got: number;
  cancel: () => void;
}

/** @param folder what an earlier hall left in it is removed */
export function createUploads({ folder, clock }: { folder: string; clock: Pick<Clock, 'setTimeout'> }): Uploads {
  const parts = new Map<string, Part>();
  let made = 0;
  rmSync(folder, { recursive: true, force: true });

  function forget(upload: string): void {
    const part = parts.get(upload);
    if (!part) return;
    parts.delete(upload);
    part.cancel();
    rmSync(parts.size === 0 ? folder : part.folder, { recursive: true, force: true });
  }

  function touch(upload: string, part: Part): void {
    part.cancel();
    part.cancel = clock.setTimeout(() => forget(upload), KEPT_MS);
  }

  function begin({ upload, name, of }: Piece): Part {
    if (parts.size >= MOST_UPLOADS) throw tooMany();
    const own = join(folder, String(++made));
    const { stem, ending } = nameOnDisk(name);
    const file = join(own, `${shortened(stem)}${ending}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
    const part: Part = { folder: own, file, name: stem, called: name, of, got: 0, cancel() {} };
    parts.set(upload, part);
    return part;
  }

  return {
    take(piece) {
      const { upload, name, at, of } = piece;
      const bytes = bytesOf(piece);
      const known = parts.get(upload);
      const expected = known?.got ?? 0;
      if (at !== expected || at + bytes.length > of) throw outOfOrder(at, expected, of);
      if (known && (known.called !== name || known.of !== of)) throw anotherFile(known.called);
      try {
        const part = known ?? begin(piece);
        appendFileSync(part.file, bytes);
        part.got += bytes.length;
        touch(upload, part);
        return part.got;
      } catch (error) {
        forget(upload);
        throw cannotKeep(error);
      }
    },
    whole(upload) {
      const part = parts.get(upload);
      if (!part) throw notThere();
      if (part.got < part.of) throw notWhole(part);
      touch(upload, part);
      return part;
    },
    withdraw: forget,
    close() {
      for (const upload of [...parts.keys()]) forget(upload);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bytesOf({ bytes: text }: Piece): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length > PIECE_BYTES || bytes.toString('base64') !== text) throw notBase64();
  return bytes;
}

/** What a person calls a file, as every file system takes it. */
function nameOnDisk(called: string): { stem: string; ending: string } {
  const name = called.replace(/[\p{Cc}<>:"/\\|?*]/gu, '-').replace(/^[.\s]+|[.\s]+$/g, '');
  const ending = /\.[a-z\d]{1,10}$/i.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - ending.length) || 'file', ending };
}

function shortened(stem: string): string {
  let short = '';
  for (const each of stem) {
    if (Buffer.byteLength(short) + Buffer.byteLength(each) > NAME_BYTES) break;
    short += each;
  }
  return short;
}

const AGAIN = { zh: '请重新选择文件', en: 'Choose the file again.' };

const tooMany = () =>
  refusal(
    { zh: `已有 ${MOST_UPLOADS} 个文件在等待导入`, en: `${MOST_UPLOADS} files are waiting to be imported already` },
    {
      zh: '请先导入或放弃其中一个；无人理会的文件半小时后自动清除',
      en: 'Import one of them or leave it; what nobody asks about is gone after half an hour.',
    },
  );

const outOfOrder = (at: number, expected: number, of: number) =>
  refusal(
    {
      zh: `收到第 ${at} 字节起的片段，应为第 ${expected} 字节起（共 ${of} 字节）`,
      en: `the piece begins at byte ${at}, and the one at byte ${expected} of ${of} was expected`,
    },
    AGAIN,
  );

const anotherFile = (called: string) =>
  refusal({ zh: `片段不属于文件“${called}”`, en: `the piece is not of the file "${called}"` }, AGAIN);

const notBase64 = () => refusal({ zh: '片段无法读取', en: 'the piece cannot be read' }, AGAIN);

const notThere = () => refusal({ zh: '大厅已没有这个文件', en: 'the hall does not have that file any more' }, AGAIN);

const notWhole = ({ got, of }: Part) =>
  refusal(
    { zh: `文件只收到 ${got} 字节，共 ${of} 字节`, en: `only ${got} bytes of ${of} of the file are there` },
    AGAIN,
  );

function cannotKeep(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) return error;
  return refusal(
    { zh: `大厅无法保存这个文件（${code}）`, en: `the hall cannot keep the file (${code})` },
    { zh: '请检查磁盘空间与权限', en: 'Look after the room on the disk and the rights.' },
    error,
  );
}

import { type SqliteTrouble, troubleOf } from '../../native/sqlite/database.ts';

/** A sentence, or part of one, in both languages. */
interface Words {
  zh: string;
  en: string;
}

/** Why the disk would not do it, as far as a person can act upon it. */
export type DiskTroubleKind =
  | 'full'
  | 'readonly'
  | 'denied'
  | 'io'
  | 'busy'
  | 'handles'
  | 'is-folder'
  | 'no-folder'
  | 'damaged'
  | 'other';

export interface DiskTrouble {
  kind: DiskTroubleKind;
  /** Goes into a sentence: `the disk is full`. */
  because: Words;
  /** What to do about it, a sentence. */
  remedy: Words;
}

const TROUBLES: Readonly<Record<Exclude<DiskTroubleKind, 'other'>, Omit<DiskTrouble, 'kind'>>> = {
  full: {
    because: { zh: '磁盘已满', en: 'the disk is full' },
    remedy: { zh: '请清理数据目录所在磁盘的空间。', en: 'Free space on the disk of the data folder.' },
  },
  readonly: {
    because: { zh: '磁盘或文件为只读', en: 'the disk or the file is read-only' },
    remedy: {
      zh: '请检查数据目录所在磁盘，并恢复为可写。',
      en: 'Check the disk of the data folder, and make it writable again.',
    },
  },
  denied: {
    because: { zh: '没有写入权限', en: 'this user may not write there' },
    remedy: {
      zh: '请授予当前用户读写数据目录及其中文件的权限。',
      en: 'Give this user the right to read and write the data folder and its files.',
    },
  },
  io: {
    because: { zh: '磁盘读写出错', en: 'the disk reported an error' },
    remedy: {
      zh: '请检查数据目录所在磁盘是否损坏、断开或变为只读。',
      en: 'Check whether the disk of the data folder is damaged, was disconnected or became read-only.',
    },
  },
  busy: {
    because: { zh: '文件被其他程序占用', en: 'another program holds the file' },
    remedy: {
      zh: '请关闭正在读取或备份数据目录的程序。',
      en: 'Close what reads or backs up the data folder.',
    },
  },
  handles: {
    because: { zh: '系统打开的文件过多', en: 'this PC has too many files open' },
    remedy: { zh: '请关闭其他程序，或重启本机。', en: 'Close other programs, or restart this PC.' },
  },
  'is-folder': {
    because: { zh: '该名称处是一个文件夹', en: 'a folder stands where the file belongs' },
    remedy: { zh: '请将该文件夹移走。', en: 'Move that folder away.' },
  },
  'no-folder': {
    because: { zh: '数据目录不存在或不是文件夹', en: 'the data folder is missing, or is not a folder' },
    remedy: { zh: '请检查数据目录的路径。', en: 'Check the path of the data folder.' },
  },
  damaged: {
    because: { zh: '文件已损坏', en: 'the file is damaged' },
    remedy: {
      zh: '请重新启动大厅服务：损坏的文件将另存，核验通过的内容继续使用。',
      en: 'Restart the hall: it sets the file aside and goes on with what verifies.',
    },
  },
};

const ERRNO: Readonly<Record<string, Exclude<DiskTroubleKind, 'other'>>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'readonly',
  EACCES: 'denied',
  EPERM: 'denied',
  EIO: 'io',
  ENXIO: 'io',
  ENODEV: 'io',
  ESTALE: 'io',
  EBUSY: 'busy',
  EMFILE: 'handles',
  ENFILE: 'handles',
  EISDIR: 'is-folder',
  ENOTDIR: 'no-folder',
  ENOENT: 'no-folder',
  EEXIST: 'no-folder',
};

const SQLITE: Readonly<Record<SqliteTrouble, DiskTroubleKind>> = {
  full: 'full',
  readonly: 'readonly',
  'cannot-open': 'denied',
  io: 'io',
  busy: 'busy',
  unreadable: 'damaged',
  'not-a-database': 'damaged',
  other: 'other',
};

/** What an error of the file system or of SQLite means to a person. */
export function diskTroubleOf(error: unknown): DiskTrouble {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const kind = (Object.hasOwn(ERRNO, code) ? ERRNO[code] : undefined) ?? SQLITE[troubleOf(error)];
  if (kind !== 'other') return { kind, ...TROUBLES[kind] };
  return {
    kind,
    because: { zh: '写入失败', en: error instanceof Error ? error.message : String(error) },
    remedy: { zh: '请重试；若仍失败，请重新启动大厅服务。', en: 'Do it again; if it fails again, restart the hall.' },
  };
}

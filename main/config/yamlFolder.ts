import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Said } from './issue.ts';
import { fileFault } from './textFile.ts';

/** More files than this in one folder are not configuration. */
const MOST_FILES = 1000;

/** Something in a folder of YAML files that is not read, and ought to be known. */
export interface Unread extends Said {
  /** Of the file or folder. */
  readonly path: string;
}

/** Behind the name of a file that is switched off: it is there, and not read. */
export const OFF = '.off';

/** What nobody expects to be read: hidden files, notes (but not `plan.yaml.txt`), what is switched off, and what editors leave behind. */
const NOT_MEANT = /^\.|^readme(\..*)?$|(?<!\.ya?ml)\.txt$|\.ya?ml\.off$|\.(md|bak|swp|swo|orig|tmp|old)$|~$/i;

/** What else than YAML is meant to be in a folder. */
export interface AlsoThere {
  /** Files `.json`, which are read too. */
  readonly json?: boolean;
  /** Names that somebody else reads. */
  readonly others?: readonly string[];
}

/**
 * The YAML files of a folder by name, links followed. Everything else in it is named, but for hidden files, notes and what editors
 * leave behind. A folder that is not there is empty when it `may` be missing.
 */
export function yamlFolder(
  dir: string,
  may: 'be-missing' | 'not-be-missing',
  { json = false, others = [] }: AlsoThere = {},
): { files: string[]; unread: Unread[] } {
  const read = json ? /\.(ya?ml|json)$/i : /\.ya?ml$/i;
  let names: string[];
  try {
    names = readdirSync(dir).sort();
  } catch (error) {
    if (isNothing(dir) && may === 'be-missing') return { files: [], unread: [] };
    return { files: [], unread: [folderFault(dir, error)] };
  }
  const files: string[] = [];
  const unread: Unread[] = [];
  for (const name of names) {
    const path = join(dir, name);
    if (others.includes(name)) continue;
    if (read.test(name))
      files.push(path); // What is no file after all is named when it is read.
    else if (!NOT_MEANT.test(name)) unread.push(notRead(path, json));
  }
  const over = files.splice(MOST_FILES);
  if (over.length > 0) {
    unread.push({
      path: dir,
      message: {
        zh: `最多读取 ${MOST_FILES} 个文件，还有 ${over.length} 个未读取，从 ${over[0]} 起`,
        en: `holds ${over.length} files more than the ${MOST_FILES} that are read, from ${over[0]} on`,
      },
      remedy: { zh: '请移走不用的文件', en: 'Move away what is not needed.' },
    });
  }
  return { files, unread };
}

/** Nothing stands at that name, not even a link that leads nowhere. */
function isNothing(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

function folderFault(dir: string, error: unknown): Unread {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOTDIR') {
    return {
      path: dir,
      message: { zh: '是文件，此处应为文件夹', en: 'is a file; a folder is looked for' },
      remedy: {
        zh: '请给文件改名，建一个此名称的文件夹，并把文件放进去',
        en: 'Give the file another name, make a folder of this name, and put the file into it.',
      },
    };
  }
  if (code === 'ENOENT') {
    const said = isNothing(dir)
      ? {
          message: { zh: '缺少这个文件夹', en: 'the folder is missing' },
          remedy: { zh: '它是 OpsHall 的一部分，请重新安装', en: 'Install OpsHall again: it is a part of it.' },
        }
      : {
          message: { zh: '是没有目标的链接', en: 'is a link that leads nowhere' },
          remedy: { zh: '请重建链接，或把文件夹放到此处', en: 'Make the link anew, or put the folder there.' },
        };
    return { path: dir, ...said };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      path: dir,
      message: { zh: '没有列出此文件夹的权限', en: 'the folder may not be listed' },
      remedy: { zh: '请允许运行大厅服务的用户读取', en: 'Give the user who runs the hall the right to read it.' },
    };
  }
  return { path: dir, ...fileFault(error) };
}

function notRead(path: string, json: boolean): Unread {
  const also = json ? { zh: '、.json', en: ', .json' } : { zh: '', en: '' };
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const said = folder
    ? {
        message: { zh: '不会被读取：是文件夹中的文件夹', en: 'is a folder within the folder and is not read' },
        remedy: { zh: '请把其中的文件移到它旁边', en: 'Put its files beside it.' },
      }
    : {
        message: {
          zh: `不会被读取：文件名不是以 .yaml${also.zh} 或 .yml 结尾`,
          en: `is not read: its name does not end in .yaml${also.en} or .yml`,
        },
        remedy: { zh: '请改名或移走', en: 'Rename it, or move it away.' },
      };
  return { path, ...said };
}

import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type InChinese, PLAIN_FAULTS } from './inChinese.ts';
import { fileFault } from './textFile.ts';

/** More files than this in one folder are not configuration. */
const MOST_FILES = 1000;

/** Something in a folder of YAML files that is not read, and ought to be known. */
export interface Unread {
  path: string;
  message: string;
  remedy: string;
  zh: InChinese;
}

/** What nobody expects to be read: hidden files, notes (but not `plan.yaml.txt`), and what editors leave behind. */
const NOT_MEANT = /^\.|^readme(\..*)?$|(?<!\.ya?ml)\.txt$|\.(md|bak|swp|swo|orig|tmp|old)$|~$/i;

/**
 * The YAML files of a folder by name, links followed. Everything else in it is named, but for hidden files, notes and what editors
 * leave behind. A folder that is not there is empty when it `may` be missing.
 */
export function yamlFolder(dir: string, may: 'be-missing' | 'not-be-missing'): { files: string[]; unread: Unread[] } {
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
    if (/\.ya?ml$/i.test(name))
      files.push(path); // What is no file after all is named when it is read.
    else if (!NOT_MEANT.test(name)) unread.push(notRead(path));
  }
  const over = files.splice(MOST_FILES);
  if (over.length > 0) {
    unread.push({
      path: dir,
      message: `holds ${over.length} files more than the ${MOST_FILES} that are read, from ${over[0]} on`,
      remedy: 'Move away what is not needed.',
      zh: PLAIN_FAULTS.many,
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
      message: 'is a file; a folder is looked for',
      remedy: 'Give the file another name, make a folder of this name, and put the file into it.',
      zh: PLAIN_FAULTS.folder,
    };
  }
  if (code === 'ENOENT') {
    const said = isNothing(dir)
      ? { message: 'the folder is missing', remedy: 'Install OpsHall again: it is a part of it.' }
      : { message: 'is a link that leads nowhere', remedy: 'Make the link anew, or put the folder there.' };
    return { path: dir, ...said, zh: PLAIN_FAULTS.missing };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      path: dir,
      message: 'the folder may not be listed',
      remedy: 'Give the user who runs the hall the right to read it.',
      zh: PLAIN_FAULTS.rights,
    };
  }
  return { path: dir, ...fileFault(error) };
}

function notRead(path: string): Unread {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const said = folder
    ? { message: 'is a folder within the folder and is not read', remedy: 'Put its files beside it.' }
    : { message: 'is not read: its name does not end in .yaml or .yml', remedy: 'Rename it, or move it away.' };
  return { path, ...said, zh: PLAIN_FAULTS.unread };
}

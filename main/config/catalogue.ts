import type { z } from 'zod';
import type { Rejects } from '../rejects/rejects.ts';
import type { InChinese } from './inChinese.ts';
import { ConfigError, readYaml } from './readYaml.ts';
import { readTextFile, TextFileError } from './textFile.ts';
import { yamlFolder } from './yamlFolder.ts';

/** A file that could not be used, as a notice shows it. */
export interface BadFile {
  file: string;
  message: string;
  remedy: string;
  /** The same for a Chinese screen; the fault begins with where it is. */
  zh: InChinese;
}

/** What a file holds, and where it lies. */
export interface Found<T> {
  file: string;
  /** In the hall's own folder, rather than the product's. */
  own: boolean;
  item: T;
}

export interface Catalogue<T> {
  items: Found<T>[];
  bad: BadFile[];
}

/**
 * Reads one YAML file. One that is wrong is named, with the line and the remedy, and kept among the rejects: the hall goes on
 * without it.
 */
export function readFile<T>(file: string, schema: z.ZodType<T>, rejects: Rejects): { item: T } | { bad: BadFile } {
  let text = '';
  try {
    text = readTextFile(file);
    return { item: readYaml(file, text, schema) };
  } catch (error) {
    const { message, path, remedy, zh } = described(file, error);
    rejects.add({ source: file, path, message, remedy, excerpt: text });
    return { bad: { file, message, remedy, zh: { ...zh, fault: `${file}${zh.fault}` } } };
  }
}

/** In Chinese without the file's name. */
function described(file: string, error: unknown): { message: string; path: string; remedy: string; zh: InChinese } {
  if (error instanceof ConfigError) {
    const { line, column, path, fault, remedy, zh } = error;
    const message = `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${fault}`;
    const at = ` 第 ${line} 行${path === '' ? '' : `（${path}）`}：`;
    return {
      ...{ message, path: `line ${line}${path === '' ? '' : `: ${path}`}`, remedy },
      zh: { ...zh, fault: `${at}${zh.fault}` },
    };
  }
  const whole = (zh: InChinese) => ({ ...zh, fault: `：${zh.fault}` });
  if (error instanceof TextFileError)
    return { message: `${file}: ${error.message}`, path: '', remedy: error.remedy, zh: whole(error.zh) };
  const why = error instanceof Error ? error.message : String(error);
  return {
    ...{ message: `${file}: cannot be used (${why})`, path: '', remedy: 'Correct it, or move it away.' },
    zh: whole({ fault: '无法使用', remedy: '请改正或移走' }),
  };
}

/** Where a kind of YAML file lies. */
export interface Folders {
  /** A part of the product: it is always there. */
  product: string;
  /** The hall's own, which need not exist. */
  own: string;
}

/** Reads every YAML file of the folders, the product's first, then the hall's own. What is wrong is left out, and named in `bad`. */
export function readCatalogue<T>(folders: Folders, schema: z.ZodType<T>, rejects: Rejects): Catalogue<T> {
  const items: Found<T>[] = [];
  const bad: BadFile[] = [];
  for (const { own, files, unread } of [
    { own: false, ...yamlFolder(folders.product, 'not-be-missing') },
    { own: true, ...yamlFolder(folders.own, 'be-missing') },
  ]) {
    for (const { path, message, remedy, zh } of unread) {
      bad.push({ file: path, message: `${path}: ${message}`, remedy, zh: { ...zh, fault: `${path}：${zh.fault}` } });
      rejects.add({ source: path, path: '', message: `${path}: ${message}`, remedy, excerpt: '' });
    }
    for (const file of files) {
      const read = readFile(file, schema, rejects);
      if ('item' in read) items.push({ file, own, item: read.item });
      else bad.push(read.bad);
    }
  }
  return { items, bad };
}

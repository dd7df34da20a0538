import type { z } from 'zod';
import { maskCredentials } from '../../native/ffmpeg/mask.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { Issue, Said } from './issue.ts';
import { readJson } from './readJson.ts';
import { ConfigError, readYaml, YAML_LIMITS } from './readYaml.ts';
import { readTextFile, TextFileError } from './textFile.ts';
import { type AlsoThere, yamlFolder } from './yamlFolder.ts';

/** A file that could not be used, as a notice shows it: the message begins with where it is. */
export interface BadFile extends Said {
  readonly file: string;
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

/** Bytes of a JSON file: two hundred thousand things that were imported. */
export const JSON_BYTES = 64 * 1024 * 1024;

/**
 * Reads one YAML file, or a JSON file by its name. One that is wrong is named, with the line and the remedy, and kept among the rejects: the hall goes on
 * without it.
 */
export function readFile<T>(file: string, schema: z.ZodType<T>, rejects: Rejects): { item: T } | { bad: BadFile } {
  let text = '';
  const json = /\.json$/i.test(file);
  try {
    text = readTextFile(file, json ? JSON_BYTES : YAML_LIMITS.bytes);
    return { item: (json ? readJson : readYaml)(file, text, schema) };
  } catch (error) {
    const { message, path, remedy } = described(file, error);
    rejects.add({ door: 'file', source: file, path, message, remedy, excerpt: withoutSecrets(text) });
    return { bad: { file, message, remedy } };
  }
}

/** Members whose values are nobody's business who looks at what is wrong with a file. */
const SECRET_MEMBERS = /(["']?(?:password|token|secret|key)["']?\s*:\s*)(?:"[^"]*"|'[^']*'|[^\s,}]+)/gi;

const withoutSecrets = (text: string): string => maskCredentials(text).replace(SECRET_MEMBERS, '$1***');

function described(file: string, error: unknown): Issue {
  if (error instanceof ConfigError) {
    const { line, column, path, fault, remedy } = error;
    const message = {
      zh: `${file} 第 ${line} 行${path === '' ? '' : `（${path}）`}：${fault.zh}`,
      en: `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${fault.en}`,
    };
    return { path, message, remedy };
  }
  if (error instanceof TextFileError) return { path: '', ...ofWhole(file, error.said) };
  const why = error instanceof Error ? error.message : String(error);
  return {
    path: '',
    ...ofWhole(file, {
      message: { zh: '无法使用', en: `cannot be used (${why})` },
      remedy: { zh: '请改正或移走', en: 'Correct it, or move it away.' },
    }),
  };
}

/** What is wrong with a file or folder as a whole, begun with its name. */
function ofWhole(file: string, { message, remedy }: Said): Said {
  return { message: { zh: `${file}：${message.zh}`, en: `${file}: ${message.en}` }, remedy };
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
  return readAll(
    [
      { own: false, ...yamlFolder(folders.product, 'not-be-missing') },
      { own: true, ...yamlFolder(folders.own, 'be-missing') },
    ],
    schema,
    rejects,
  );
}

/** The same of a folder that is the hall's own alone, and need not exist. */
export function readFolder<T>(dir: string, schema: z.ZodType<T>, rejects: Rejects, also: AlsoThere = {}): Catalogue<T> {
  return readAll([{ own: true, ...yamlFolder(dir, 'be-missing', also) }], schema, rejects);
}

function readAll<T>(
  folders: readonly ({ own: boolean } & ReturnType<typeof yamlFolder>)[],
  schema: z.ZodType<T>,
  rejects: Rejects,
): Catalogue<T> {
  const items: Found<T>[] = [];
  const bad: BadFile[] = [];
  for (const { own, files, unread } of folders) {
    for (const one of unread) {
      const said = ofWhole(one.path, one);
      bad.push({ file: one.path, ...said });
      rejects.add({ door: 'file', source: one.path, path: '', ...said, excerpt: '' });
    }
    for (const file of files) {
      const read = readFile(file, schema, rejects);
      if ('item' in read) items.push({ file, own, item: read.item });
      else bad.push(read.bad);
    }
  }
  return { items, bad };
}

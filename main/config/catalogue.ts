import type { z } from 'zod';
import type { Rejects } from '../rejects/rejects.ts';
import { ConfigError, readYaml } from './readYaml.ts';
import { readTextFile, TextFileError } from './textFile.ts';
import { yamlFolder } from './yamlFolder.ts';

/** A file that could not be used, as a notice shows it. */
export interface BadFile {
  file: string;
  message: string;
  remedy: string;
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
    const { message, path, remedy } = described(file, error);
    rejects.add({ source: file, path, message, remedy, excerpt: text });
    return { bad: { file, message, remedy } };
  }
}

function described(file: string, error: unknown): { message: string; path: string; remedy: string } {
  if (error instanceof ConfigError) {
    const { line, column, path, fault, remedy } = error;
    const message = `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${fault}`;
    return { message, path: `line ${line}${path === '' ? '' : `: ${path}`}`, remedy };
  }
  if (error instanceof TextFileError) return { message: `${file}: ${error.message}`, path: '', remedy: error.remedy };
  const why = error instanceof Error ? error.message : String(error);
  return { message: `${file}: cannot be used (${why})`, path: '', remedy: 'Correct it, or move it away.' };
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
    for (const { path, message, remedy } of unread) {
      bad.push({ file: path, message: `${path}: ${message}`, remedy });
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

import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Rejects } from '../feeds/rejects.ts';
import { ConfigError, readYaml } from './readYaml.ts';

/** A file that could not be used, as a notice shows it. */
export interface BadFile {
  file: string;
  message: string;
  remedy: string;
}

export interface Catalogue<T> {
  items: T[];
  bad: BadFile[];
}

function yamlFiles(dir: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // The hall's own folder need not exist.
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(dir, entry.name))
    .sort();
}

/**
 * Reads one YAML file. One that is wrong is named, with the line and the remedy, and kept among the rejects: the hall goes on
 * without it.
 */
export function readFile<T>(file: string, schema: z.ZodType<T>, rejects: Rejects): { item: T } | { bad: BadFile } {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
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
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const message = missing ? `${file}: there is no such file` : error instanceof Error ? error.message : String(error);
  return {
    message,
    path: '',
    remedy: missing ? 'Correct the name, or put the file there.' : 'Make the file readable.',
  };
}

/** Reads every YAML file of the folders, the product's first, then the hall's own. Those that are wrong are left out, and named in `bad`. */
export function readCatalogue<T>(folders: readonly string[], schema: z.ZodType<T>, rejects: Rejects): Catalogue<T> {
  const items: T[] = [];
  const bad: BadFile[] = [];
  for (const file of folders.flatMap(yamlFiles)) {
    const read = readFile(file, schema, rejects);
    if ('item' in read) items.push(read.item);
    else bad.push(read.bad);
  }
  return { items, bad };
}

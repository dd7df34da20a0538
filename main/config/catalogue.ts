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
 * Reads every YAML file of the folders, the product's first, then the hall's own. A file that is wrong is left out, named in `bad`,
 * and kept among the rejects; the others live on.
 */
export function readCatalogue<T>(folders: readonly string[], schema: z.ZodType<T>, rejects: Rejects): Catalogue<T> {
  const items: T[] = [];
  const bad: BadFile[] = [];
  for (const file of folders.flatMap(yamlFiles)) {
    let text = '';
    try {
      text = readFileSync(file, 'utf8');
      items.push(readYaml(file, text, schema));
    } catch (error) {
      const known = error instanceof ConfigError;
      const message = error instanceof Error ? error.message : String(error);
      const remedy = known ? error.remedy : 'Make the file readable and start the hall again.';
      const path = known ? `line ${error.line}: ${error.path}` : '';
      bad.push({ file, message, remedy });
      rejects.add({ source: file, path, message, remedy, excerpt: text });
    }
  }
  return { items, bad };
}

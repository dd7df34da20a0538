import { readdirSync } from 'node:fs';
import { MOST_IMPORTS } from '../../../contract/features/setup.ts';
import { IMPORTED_KINDS, ImportName, type PastImport } from '../../../contract/features/setupImport.ts';
import { ImportError } from '../../city/import/importError.ts';
import { formerFolder, importedFile, textIfThere, thingsOf } from '../../city/import/importedFile.ts';
import type { ImportKind } from '../../city/import/things.ts';

/** `20240901T060500000Z-sensors-水位站.json`: when, and the name of the import that replaced it. */
const FORMER = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(.+)\.json$/s;

/** Imports of a hall's folder that can be undone, the newest first. */
export function pastImports(dataDir: string): PastImport[] {
  const newest = new Map<string, number>();
  // Names begin with the time: of one import the newest comes last.
  for (const file of formerFiles(dataDir).sort()) {
    const [, year, month, day, hour, minute, second, ms, name = ''] = FORMER.exec(file) ?? [];
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
    if (ImportName.safeParse(name).success) newest.set(name, at);
  }
  return [...newest]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_IMPORTS)
    .flatMap(([name, at]) => {
      const kind = IMPORTED_KINDS.find((each) => name.startsWith(`${each}-`));
      return kind === undefined ? [] : [{ name, kind, at, things: countOf(dataDir, kind, name) }];
    });
}

function formerFiles(dataDir: string): string[] {
  try {
    return readdirSync(formerFolder(dataDir));
  } catch {
    return []; // Nothing was imported yet; what cannot be read cannot be undone.
  }
}

function countOf(dataDir: string, kind: ImportKind, name: string): number | null {
  const file = importedFile(dataDir, name);
  try {
    const text = textIfThere(file);
    return text === null ? 0 : thingsOf(kind, file, text).length;
  } catch (error) {
    if (error instanceof ImportError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}

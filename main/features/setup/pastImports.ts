import { MOST_IMPORTS } from '../../../contract/features/setup.ts';
import { IMPORTED_KINDS, ImportName, type PastImport } from '../../../contract/features/setupImport.ts';
import { ImportError } from '../../city/import/importError.ts';
import { formersOf, importedFile, thingsOf } from '../../city/import/importedFile.ts';
import type { ImportKind } from '../../city/import/things.ts';
import { type Formers, textIfThere } from '../../files/formers.ts';

/** Imports of a hall's folder that can be undone, the newest first. */
export function pastImports(dataDir: string): PastImport[] {
  return keptIn(dataDir)
    .flatMap(({ name: file, at }) => {
      const name = file.endsWith('.json') ? file.slice(0, -5) : '';
      const kind = IMPORTED_KINDS.find((each) => name.startsWith(`${each}-`));
      if (kind === undefined || !ImportName.safeParse(name).success) return [];
      return [{ name, kind, at, things: countOf(dataDir, kind, name) }];
    })
    .slice(0, MOST_IMPORTS);
}

function keptIn(dataDir: string): ReturnType<Formers['list']> {
  try {
    return formersOf(dataDir).list();
  } catch {
    return []; // What cannot be read cannot be undone.
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

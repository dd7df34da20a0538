/** A file that was read, with what it names. */
export interface IdFile<T> {
  file: string;
  /** The hall's own, rather than the product's. */
  own: boolean;
  entries: readonly { id: string; value: T }[];
}

/** A file that is left out because something in it has an id that another file took before. */
export interface TakenId {
  file: string;
  id: string;
  by: string;
}

export interface Unique<T> {
  values: T[];
  /** Files left out, whole: two of the hall's own, or two of the product's, with one id. */
  leftOut: TakenId[];
  /** Of the product's, what a file of the hall's own has in its place. */
  replaced: TakenId[];
}

/**
 * Gives every id one value. What the hall's own files have replaces the product's of the same id; of two files of the same folder the
 * first by name is taken, and the other left out whole. Ids within one file are its schema's to check.
 */
export function uniqueIds<T>(files: readonly IdFile<T>[]): Unique<T> {
  const taken = new Map<string, { value: T; file: string; own: boolean }>();
  const leftOut: TakenId[] = [];
  const replaced: TakenId[] = [];
  for (const { file, own, entries } of [...files].sort((a, b) => Number(a.own) - Number(b.own))) {
    const clash = entries.find(({ id }) => taken.get(id)?.own === own);
    if (clash) {
      leftOut.push({ file, id: clash.id, by: taken.get(clash.id)?.file ?? '' });
      continue;
    }
    for (const { id, value } of entries) {
      const before = taken.get(id);
      if (before) replaced.push({ file: before.file, id, by: file });
      taken.set(id, { value, file, own });
    }
  }
  return { values: [...taken.values()].map(({ value }) => value), leftOut, replaced };
}

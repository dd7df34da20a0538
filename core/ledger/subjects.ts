/** Subjects from `from` on and before `until`, in the order that stores have them in; null where there is no bound. */
export interface SubjectRange {
  readonly from: string | null;
  readonly until: string | null;
}

/** The ranges between these subjects, which are in order: before the first, … , from the last on. */
export function rangesBetween(bounds: readonly string[]): SubjectRange[] {
  return [null, ...bounds].map((from, i) => ({ from, until: bounds[i] ?? null }));
}

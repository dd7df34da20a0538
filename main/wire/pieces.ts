/** What one view may carry of something that grows, in characters of its JSON: an item of a topic has to fit a frame. */
export const VIEW_CHARS = 100_000;

/** A page of an answer, in characters of its JSON: up to three bytes each, in a frame of 4 MiB. */
const PAGE_CHARS = 1_000_000;

/** So many conflicts that somebody has seen are shown beside those nobody has. */
const SEEN_SHOWN = 20;

/** Ends a text that a view shows only the beginning of. */
const CUT = '…';

/**
 * The last of a list that fit a view, those before `end`: at most `most` of them, at least one where there is one.
 *
 * @param end index after the last that is wanted
 * @returns them in their order, and the index of the first
 */
export function newestThatFit<T>(items: readonly T[], end: number, most: number): { shown: T[]; from: number } {
  const last = Math.min(Math.max(0, end), items.length);
  let from = last;
  let chars = 0;
  while (from > 0 && last - from < most) {
    chars += JSON.stringify(items[from - 1]).length + 1;
    if (chars > VIEW_CHARS && from < last) break;
    from--;
  }
  return { shown: items.slice(from, last), from };
}

/** What fits one answer of a list, from `from` on, at least one where there is one; `next` is where the rest begins, null at the end. */
export function pageFrom<T>(items: readonly T[], from: number): { page: T[]; next: number | null } {
  let end = from;
  let chars = 0;
  while (end < items.length) {
    chars += JSON.stringify(items[end]).length + 1;
    if (chars > PAGE_CHARS && end > from) break;
    end++;
  }
  return { page: items.slice(from, end), next: end < items.length ? end : null };
}

/** The part of a long page that one answer carries; halves of one character stay together. */
export function partOf(html: string, from: number): { html: string; next: number | null } {
  const end = from + PAGE_CHARS;
  if (end >= html.length) return { html: html.slice(from), next: null };
  const next = /[\uD800-\uDBFF]/.test(html[end - 1] ?? '') ? end - 1 : end;
  return { html: html.slice(from, next), next };
}

/** The beginning of a text, such that its JSON has some `chars` at most. */
export function beginningOf(text: string, chars: number): string {
  if (JSON.stringify(text).length <= chars) return text;
  let kept = text.slice(0, Math.max(0, chars - 3));
  while (JSON.stringify(kept).length > chars) kept = kept.slice(0, Math.floor(kept.length / 2));
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${CUT}`; // Not half a pair of surrogates.
}

/**
 * Conflicts as views carry them: every one that nobody has seen, and the newest of the others; the rest is in the ledger.
 */
export function shownConflicts<C extends { seen: unknown }>(conflicts: readonly C[]): C[] {
  const done = conflicts.filter((conflict) => conflict.seen !== null).slice(-SEEN_SHOWN);
  return conflicts.filter((conflict) => conflict.seen === null || done.includes(conflict));
}

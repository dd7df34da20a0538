/** Chinese characters and the like, which are written without spaces between words. */
const RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+/gv;
const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Longer texts are searched by their beginning. */
const MOST_CHARS = 2000;
/** So many words of what was typed count. */
const MOST_TYPED = 16;

/** Pairs of neighbours, and the last by itself, so that a single character is found as the beginning of a pair. */
function pairs(run: string): string[] {
  const chars = [...run];
  return chars.map((char, i) => char + (chars[i + 1] ?? ''));
}

/**
 * A text as the words under which it is found, with spaces between: of Chinese each pair of neighbouring characters, of other scripts
 * each word in small letters.
 */
export function indexedWords(text: string): string {
  const words = new Set<string>();
  for (const [run] of text.slice(0, MOST_CHARS).matchAll(RUN)) {
    if (!HAN.test(run)) words.add(run.toLowerCase());
    else for (const pair of pairs(run)) words.add(pair);
  }
  return [...words].join(' ');
}

/**
 * What somebody typed as a query of FTS5 over {@link indexedWords}: every word of it, other scripts by their beginnings. Null when
 * nothing was typed that could be found.
 *
 * @param byInitials pairs of characters whose pinyin begins with these two letters; letters are looked for as that too
 */
export function typedWords(
  typed: string,
  byInitials: (letters: string) => readonly string[] = () => [],
): string | null {
  const all: string[] = [];
  for (const [run] of typed.slice(0, MOST_CHARS).matchAll(RUN)) {
    if (all.length >= MOST_TYPED) break;
    if (!HAN.test(run)) {
      const word = run.toLowerCase();
      const initials = /^[a-z]{2,12}$/.test(word) ? ofInitials(word, byInitials) : null;
      all.push(initials === null ? `"${word}"*` : `("${word}"* OR (${initials}))`);
    } else if ([...run].length === 1) all.push(`"${run}"*`);
    else for (const pair of pairs(run).slice(0, -1)) all.push(`"${pair}"`);
  }
  return all.length > 0 ? all.join(' AND ') : null;
}

/** Null where no pair has these initials. */
function ofInitials(word: string, byInitials: (letters: string) => readonly string[]): string | null {
  const each: string[] = [];
  for (let i = 0; i + 1 < word.length; i++) {
    const found = byInitials(word.slice(i, i + 2));
    if (found.length === 0) return null;
    each.push(`(${found.map((pair) => `"${pair}"`).join(' OR ')})`);
  }
  return each.join(' AND ');
}

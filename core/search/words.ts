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

/** Of each UTF-16 unit: 1 written without spaces, 2 part of a word, 3 none of both, 4 half of a character; 0 not asked for yet. */
const classes = new Uint8Array(0x10000);
const LETTER = /^[\p{L}\p{N}]$/u;

function classOf(unit: number): number {
  const known = classes[unit] as number;
  if (known !== 0) return known;
  const char = String.fromCharCode(unit);
  const is = unit >= 0xd800 && unit <= 0xdfff ? 4 : HAN.test(char) ? 1 : LETTER.test(char) ? 2 : 3;
  classes[unit] = is;
  return is;
}

/**
 * A text as the words under which it is found, with spaces between: of Chinese each pair of neighbouring characters, of other scripts
 * each word in small letters. What comes twice in the text may come twice here: an index holds it once.
 */
export function indexedWords(text: string): string {
  let words = '';
  const end = Math.min(text.length, MOST_CHARS);
  // Every event of a ledger comes through here when lists are made anew: no pattern is matched where one look at a table does.
  for (let i = 0; i < end; ) {
    const is = classOf(text.charCodeAt(i));
    if (is === 4) return wordsByPattern(text);
    const from = i++;
    if (is === 3) continue;
    while (i < end && classOf(text.charCodeAt(i)) === is) i++;
    if (is === 2) words += ` ${text.slice(from, i).toLowerCase()}`;
    else for (let at = from; at < i; at++) words += ` ${text.slice(at, Math.min(at + 2, i))}`;
  }
  return words.slice(1);
}

/** The same for a text with characters of two units. */
function wordsByPattern(text: string): string {
  const words: string[] = [];
  for (const [run] of text.slice(0, MOST_CHARS).matchAll(RUN)) {
    if (!HAN.test(run)) words.push(run.toLowerCase());
    else words.push(...pairs(run));
  }
  return words.join(' ');
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

/**
 * How well a name answers what was typed: 0 does not, higher is better. Every word typed must be found; a whole word, the
 * start of a word and letters that stand together count more than letters picked from here and there.
 */
export function fuzzy(query: string, name: string): number {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return 1;
  const haystack = name.toLowerCase();
  let total = 0;
  for (const word of words) {
    const score = scoreWord(word, haystack);
    if (score === 0) return 0;
    total += score;
  }
  return total / words.length;
}

function scoreWord(word: string, haystack: string): number {
  const at = haystack.indexOf(word);
  if (at >= 0) {
    const starts = at === 0 || /[^\p{L}\p{N}]/u.test(haystack[at - 1] ?? '');
    return (starts ? 100 : 60) - Math.min(30, at / 4);
  }
  let from = Math.max(0, haystack.indexOf(word.charAt(0)));
  let gaps = 0;
  for (const letter of word) {
    const next = haystack.indexOf(letter, from);
    if (next < 0) return 0;
    gaps += next - from;
    from = next + 1;
  }
  return word.length < 2 || gaps > word.length * 3 ? 0 : Math.max(1, 30 - gaps);
}

/** The best answers, best first; equals in the order given. */
export function best<T>(query: string, things: readonly T[], name: (thing: T) => string, most: number): T[] {
  return things
    .map((thing, i) => ({ thing, i, score: fuzzy(query, name(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .slice(0, most)
    .map(({ thing }) => thing);
}

import { createPinyinInitials, NO_INITIAL } from './initials.ts';

/** Marks the initials among the words of the index: no word has it. */
const MARK = '~';

const BEFORE_A = 0x60;
const NONE = NO_INITIAL;
/** By two initials: the word of the index that says them. */
const PAIRS = Array.from({ length: NONE * NONE }, (_, both) => {
  const [first, second] = [Math.floor(both / NONE), both % NONE];
  return `${MARK}${String.fromCharCode(BEFORE_A + first, BEFORE_A + second)}`;
});

/** Says the initials of Chinese in Pinyin; of a character that is read in several ways, that of the first. */
export interface Initials {
  /** The initials of each two Chinese characters that stand together, as words of the index, with spaces between. */
  wordsOf(text: string): string;
}

/** Makes it; the order of Pinyin comes with the runtime. */
export function createInitials(): Initials {
  const { of: initialOf } = createPinyinInitials();
  /** By two initials: the text, counted, that had them last. */
  const seen = new Uint32Array(NONE * NONE);
  let texts = 0;
  return {
    wordsOf(text) {
      let words = '';
      let before = NONE;
      texts = (texts + 1) >>> 0;
      // Every event of a ledger comes through here when lists are made anew: nothing is made of a character, nor of what was had already.
      for (let i = 0; i < text.length; i++) {
        const point = text.codePointAt(i) as number;
        if (point > 0xffff) i++;
        const now = initialOf(point);
        const both = before * NONE + now;
        if (before !== NONE && now !== NONE && seen[both] !== texts) {
          seen[both] = texts;
          words += (words && ' ') + PAIRS[both];
        }
        before = now;
      }
      return words;
    },
  };
}

/** Two letters as the word of the index that has them as initials. */
export const initialsWord = (letters: string): string => `${MARK}${letters}`;

const HAN = /^\p{Script=Han}$/u;
/** Marks the initials among the words of the index: no word has it. */
const MARK = '~';

/** The first character of each initial in the order of Pinyin, with the initial. */
const FIRST = '阿a八b嚓c哒d妸e发f旮g哈h讥j咔k垃l妈m拏n噢o妑p七q呥r扨s它t穵w夕x丫y帀z'.match(/../gu) ?? [];

const BEFORE_A = 0x60;
/** The initial of what has none. */
const NONE = 27;
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
  const { compare } = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
  /** Of each character: its initial from 1, 'a', on; {@link NONE} for what has none; 0 not asked for yet. */
  const known = new Uint8Array(0x110000);
  const initialOf = (point: number): number => {
    const had = known[point] as number;
    if (had !== 0) return had;
    const character = String.fromCodePoint(point);
    let initial = NONE;
    if (HAN.test(character)) {
      for (const [first = '', says = ''] of FIRST) {
        if (compare(first, character) > 0) break;
        initial = says.charCodeAt(0) - BEFORE_A;
      }
    }
    known[point] = initial;
    return initial;
  };
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

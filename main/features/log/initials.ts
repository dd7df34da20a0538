const HAN = /^\p{Script=Han}$/u;
/** Marks the initials among the words of the index: no word has it. */
const MARK = '~';

/** The first character of each initial in the order of Pinyin, with the initial. */
const FIRST = '阿a八b嚓c哒d妸e发f旮g哈h讥j咔k垃l妈m拏n噢o妑p七q呥r扨s它t穵w夕x丫y帀z'.match(/../gu) ?? [];

/** Says the initials of Chinese in Pinyin; of a character that is read in several ways, that of the first. */
export interface Initials {
  /** The initials of each two Chinese characters that stand together, as words of the index, with spaces between. */
  wordsOf(text: string): string;
}

/** Makes it; the order of Pinyin comes with the runtime. */
export function createInitials(): Initials {
  const { compare } = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
  const known = new Map<string, string>();
  const initialOf = (character: string): string => {
    const had = known.get(character);
    if (had !== undefined) return had;
    let initial = '';
    if (HAN.test(character)) {
      for (const [first = '', says = ''] of FIRST) {
        if (compare(first, character) > 0) break;
        initial = says;
      }
    }
    known.set(character, initial); // There are only so many characters.
    return initial;
  };
  return {
    wordsOf(text) {
      const words = new Set<string>();
      let before = '';
      for (const character of text) {
        const now = initialOf(character);
        if (before && now) words.add(`${MARK}${before}${now}`);
        before = now;
      }
      return [...words].join(' ');
    },
  };
}

/** Two letters as the word of the index that has them as initials. */
export const initialsWord = (letters: string): string => `${MARK}${letters}`;

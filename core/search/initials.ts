const HAN = /^\p{Script=Han}$/u;

/** The first character of each initial in the order of Pinyin, with the initial. */
const FIRST = '阿a八b嚓c哒d妸e发f旮g哈h讥j咔k垃l妈m拏n噢o妑p七q呥r扨s它t穵w夕x丫y帀z'.match(/../gu) ?? [];

const BEFORE_A = 0x60;
/** The initial of what has none. */
export const NO_INITIAL = 27;

/** Says the initials of Chinese in Pinyin; of a character that is read in several ways, that of the first. */
export interface PinyinInitials {
  /** Of a character by its code point: 1 is a, 2 is b …; {@link NO_INITIAL} for what has none. */
  of(point: number): number;
  /** Of a name, one after the other: `bhlxc` of 滨河路下穿. Other letters and digits stay, small. */
  ofName(name: string): string;
}

/** Makes it; the order of Pinyin comes with the runtime. */
export function createPinyinInitials(): PinyinInitials {
  const { compare } = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
  /** Of each character its initial; 0 not asked for yet. */
  const known = new Uint8Array(0x110000);
  const of = (point: number): number => {
    const had = known[point] as number;
    if (had !== 0) return had;
    const character = String.fromCodePoint(point);
    let initial = NO_INITIAL;
    if (HAN.test(character)) {
      for (const [first = '', says = ''] of FIRST) {
        if (compare(first, character) > 0) break;
        initial = says.charCodeAt(0) - BEFORE_A;
      }
    }
    known[point] = initial;
    return initial;
  };
  return {
    of,
    ofName(name) {
      let letters = '';
      for (const character of name) {
        const initial = of(character.codePointAt(0) as number);
        if (initial !== NO_INITIAL) letters += String.fromCharCode(BEFORE_A + initial);
        else if (/[\p{L}\p{N}]/u.test(character)) letters += character;
      }
      return letters.toLowerCase();
    },
  };
}

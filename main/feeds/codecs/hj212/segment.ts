import type { Said } from '../../../config/issue.ts';
import { digitsAt } from '../calendar.ts';
import { ENCRYPTED, isEncrypted } from './diagnosis.ts';
import { Few } from './few.ts';
import { Pairs } from './pairs.ts';

/** Name-value pairs that a CP area may have. */
export const MOST_PAIRS = 1000;
/** Characters of a field of the head that is kept; none of the standard's has more than 24. */
const MOST_FIELD = 64;

/** The head's fields, HJ 212-2017 table 4. Devices mix their order and their case. */
export type HeadField = 'QN' | 'ST' | 'CN' | 'PW' | 'MN' | 'FLAG' | 'PNUM' | 'PNO';

/** What one sub-value of a factor was called (`Rtd`), and its values as they stood, each once. */
export interface SubValue {
  readonly name: string;
  readonly values: readonly string[];
}

/** By their names in lower case. */
export type SubValues = Few<string, SubValue>;

/** What was said for one DataTime. */
export interface Block {
  /** As it stands, null where it does not. */
  readonly dataTime: string | null;
  /** By factor code. */
  readonly factors: Few<string, SubValues>;
}

/** A data segment as it stands, nothing in it judged. */
export interface Segment {
  readonly head: Few<HeadField, string>;
  /** 0 … 255: bit 0 an answer is wanted, bit 1 the message is split, above them the version; null where there is none. */
  readonly flag: number | null;
  /** Members of the CP that belong to no factor, such as PolId. */
  readonly fields: Few<string, string>;
  readonly blocks: readonly Block[];
}

/** A segment, or why it is refused as a whole. */
export type SegmentReading =
  | { readonly ok: true; readonly segment: Segment }
  | { readonly ok: false; readonly path: string; readonly said: Said };

const OPENING = /(?:^|[\s\d;,])(CP=&{0,2})/i;
const AMPERSAND = 0x26;
const DASH = 0x2d;
/** Of a letter: it is small. */
const LOWER = 0x20;

/**
 * Takes a data segment apart, HJ 212-2017 6.3.2. Length and CRC prove that it is what the device meant, so its form is taken as it comes:
 * fields in any order and case, separators doubled or mixed, a CP without its closing.
 */
export function readSegment(bytes: Uint8Array): SegmentReading {
  if (isEncrypted(bytes)) return { ok: false, path: 'CP', said: ENCRYPTED };
  const said = new Pairs(bytes);
  const { text } = said;
  const opening = OPENING.exec(text);
  const start = opening ? opening.index + opening[0].length : text.length;
  const closing = text.lastIndexOf('&&');
  const end = closing >= start ? closing : text.length;

  const head = new Few<HeadField, string>();
  readHead(said, 0, start - (opening?.[1]?.length ?? 0), head);
  readHead(said, end, text.length, head);
  const cp = readCp(said, start, end > start && text.charCodeAt(end - 1) === AMPERSAND ? end - 1 : end);
  if (cp.count > MOST_PAIRS) return { ok: false, path: 'CP', said: tooManyPairs(cp.count) };
  for (const name of head.keys())
    if ((head.get(name)?.length ?? 0) > MOST_FIELD) return { ok: false, path: name, said: tooLong(name) };

  const { blocks, fields } = cp;
  // Some put it there.
  const flag = head.get('FLAG') ?? [...fields].find(([name]) => name.toUpperCase() === 'FLAG')?.[1] ?? '';
  const bits = flag.length >= 1 && flag.length <= 5 ? digitsAt(flag, 0, flag.length) : -1;
  return { ok: true, segment: { head, flag: bits < 0 ? null : bits & 0xff, fields, blocks } };
}

/** Of a field that stands there twice the first is meant. */
function readHead(said: Pairs, from: number, to: number, head: Few<HeadField, string>): void {
  said.go(from, to);
  while (said.next()) {
    const name = HEAD_FIELDS.find((field) => isNamed(said, field));
    if (name === undefined || head.has(name)) continue;
    const value = said.value();
    if (value !== '') head.add(name, value);
  }
}

const HEAD_FIELDS = ['QN', 'ST', 'CN', 'PW', 'MN', 'FLAG', 'PNUM', 'PNO'] as const;

/** Whether the pair's name is that, in whatever case. @param name in upper case */
function isNamed({ codes, from, to }: Pairs, name: string): boolean {
  if (to - from !== name.length) return false;
  for (let i = 0; i < name.length; i++)
    if (((codes[from + i] as number) | LOWER) !== (name.charCodeAt(i) | LOWER)) return false;
  return true;
}

/** Where the last dash of the pair's name stands, or something before it. */
function dashIn({ codes, from, to }: Pairs): number {
  let i = to - 1;
  while (i >= from && codes[i] !== DASH) i--;
  return i;
}

/** What sub-values are mostly called, and what they are found by. */
const OFTEN = ['Rtd', 'Flag', 'Avg', 'Min', 'Max', 'Cou'].map((name) => ({ name, key: name.toLowerCase() }));

function subOf({ text, codes, to }: Pairs, from: number): { readonly name: string; readonly key: string } {
  for (const often of OFTEN) {
    let i = often.name.length;
    if (to - from !== i) continue;
    while (i > 0 && codes[from + i - 1] === often.name.charCodeAt(i - 1)) i--;
    if (i === 0) return often;
  }
  const name = text.slice(from, to);
  return { name, key: name.toLowerCase() };
}

/** @returns what is in it, and how many pairs; beyond {@link MOST_PAIRS} they are counted alone */
function readCp(said: Pairs, from: number, to: number): Pick<Segment, 'blocks' | 'fields'> & { count: number } {
  const fields = new Few<string, string>();
  const blocks: Block[] = [];
  let factors = new Few<string, Few<string, { name: string; values: string[] }>>();
  let dataTime: string | null = null;
  let count = 0;
  const close = () => {
    if (factors.size === 0) return;
    blocks.push({ dataTime, factors });
    factors = new Few();
  };
  said.go(from, to);
  while (said.next()) {
    if (++count > MOST_PAIRS) continue;
    const value = said.value();
    const dash = dashIn(said);
    const name = said.text.slice(said.from, dash > said.from ? dash : said.to);
    if (dash > said.from) {
      const sub = subOf(said, dash + 1);
      const subs = factors.get(name) ?? factors.add(name, new Few());
      const known = subs.get(sub.key);
      if (known === undefined) subs.add(sub.key, { name: sub.name, values: [value] });
      else if (!known.values.includes(value)) known.values.push(value);
    } else if (isNamed(said, 'DATATIME')) {
      // A second one begins a second record; the first may stand before or after its factors.
      if (dataTime !== null) close();
      dataTime = value;
    } else if (factors.has(name) && /^[A-Za-z0-9]$/.test(value)) {
      // `NOIS=N` for `NOIS-Flag=N`.
      const flag = factors.get(name)?.get('flag');
      if (flag) Object.assign(flag, { name: 'Flag', values: [value] });
      else factors.get(name)?.add('flag', { name: 'Flag', values: [value] });
    } else if (!fields.has(name)) fields.add(name, value);
  }
  close();
  return { blocks, fields, count };
}

function tooManyPairs(count: number): Said {
  return {
    message: {
      zh: `CP 区有 ${count} 项，上限为 ${MOST_PAIRS}`,
      en: `CP has ${count} items, the limit is ${MOST_PAIRS}`,
    },
    remedy: { zh: '请让现场机用 PNUM 与 PNO 分包发送', en: 'Have the device split the message by PNUM and PNO.' },
  };
}

function tooLong(name: HeadField): Said {
  return {
    message: { zh: `${name} 超过 ${MOST_FIELD} 个字符`, en: `${name} has more than ${MOST_FIELD} characters` },
    remedy: { zh: `请在现场机上改正 ${name}`, en: `Correct ${name} in the device.` },
  };
}

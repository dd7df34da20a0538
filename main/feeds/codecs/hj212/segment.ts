import type { Said } from '../../../config/issue.ts';
import { ENCRYPTED, isEncrypted } from './diagnosis.ts';

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
export type SubValues = ReadonlyMap<string, SubValue>;

/** What was said for one DataTime. */
export interface Block {
  /** As it stands, null where it does not. */
  readonly dataTime: string | null;
  /** By factor code. */
  readonly factors: ReadonlyMap<string, SubValues>;
}

/** A data segment as it stands, nothing in it judged. */
export interface Segment {
  readonly head: ReadonlyMap<HeadField, string>;
  /** 0 … 255: bit 0 an answer is wanted, bit 1 the message is split, above them the version; null where there is none. */
  readonly flag: number | null;
  /** Members of the CP that belong to no factor, such as PolId. */
  readonly fields: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
}

/** A segment, or why it is refused as a whole. */
export type SegmentReading =
  | { readonly ok: true; readonly segment: Segment }
  | { readonly ok: false; readonly path: string; readonly said: Said };

/** Not fatal: a name or log text in another encoding costs no measurement. */
const UTF_8 = new TextDecoder();

/**
 * Takes a data segment apart, HJ 212-2017 6.3.2. Length and CRC prove that it is what the device meant, so its form is taken as it comes:
 * fields in any order and case, separators doubled or mixed, a CP without its closing.
 */
export function readSegment(bytes: Uint8Array): SegmentReading {
  if (isEncrypted(bytes)) return { ok: false, path: 'CP', said: ENCRYPTED };
  const text = UTF_8.decode(bytes);
  const opening = /(?:^|[\s\d;,])(CP=&{0,2})/i.exec(text);
  const start = opening ? opening.index + opening[0].length : text.length;
  const closing = text.lastIndexOf('&&');
  const end = closing >= start ? closing : text.length;
  const before = opening ? text.slice(0, start - (opening[1]?.length ?? 0)) : text;

  const head = new Map<HeadField, string>();
  for (const pair of pairsOf(`${before};${text.slice(end)}`)) {
    const name = pair.name.toUpperCase();
    if (isHeadField(name) && pair.value !== '' && !head.has(name)) head.set(name, pair.value);
  }
  const pairs = pairsOf(text.slice(start, end).replace(/&$/, ''));
  if (pairs.length > MOST_PAIRS) return { ok: false, path: 'CP', said: tooManyPairs(pairs.length) };
  for (const [name, value] of head)
    if (value.length > MOST_FIELD) return { ok: false, path: name, said: tooLong(name) };

  const { blocks, fields } = readCp(pairs);
  // Some put it there.
  const flag = head.get('FLAG') ?? [...fields].find(([name]) => name.toUpperCase() === 'FLAG')?.[1] ?? '';
  return { ok: true, segment: { head, flag: /^\d{1,5}$/.test(flag) ? Number(flag) & 0xff : null, fields, blocks } };
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** Items and sub-values alike: each sub-value carries its factor's code, so that `,` for `;` makes no difference. */
function pairsOf(text: string): Pair[] {
  const pairs: Pair[] = [];
  for (const part of text.split(/[;,]/)) {
    const at = part.indexOf('=');
    if (at > 0) pairs.push({ name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() });
  }
  return pairs;
}

function readCp(pairs: readonly Pair[]): Pick<Segment, 'blocks' | 'fields'> {
  const fields = new Map<string, string>();
  const blocks: Block[] = [];
  let factors = new Map<string, Map<string, { name: string; values: string[] }>>();
  let dataTime: string | null = null;
  const close = () => {
    if (factors.size > 0) blocks.push({ dataTime, factors });
    factors = new Map();
  };
  for (const { name, value } of pairs) {
    const dash = name.lastIndexOf('-');
    if (dash > 0) {
      const sub = name.slice(dash + 1);
      const subs = getOrAdd(factors, name.slice(0, dash), () => new Map());
      const entry = getOrAdd(subs, sub.toLowerCase(), () => ({ name: sub, values: [] }));
      if (!entry.values.includes(value)) entry.values.push(value);
    } else if (/^DataTime$/i.test(name)) {
      // A second one begins a second record; the first may stand before or after its factors.
      if (dataTime !== null) close();
      dataTime = value;
    } else if (factors.has(name) && /^[A-Za-z0-9]$/.test(value)) {
      // `NOIS=N` for `NOIS-Flag=N`.
      factors.get(name)?.set('flag', { name: 'Flag', values: [value] });
    } else if (!fields.has(name)) fields.set(name, value);
  }
  close();
  return { blocks, fields };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const old = map.get(key);
  if (old !== undefined) return old;
  const value = create();
  map.set(key, value);
  return value;
}

const HEAD_FIELDS: ReadonlySet<string> = new Set<HeadField>(['QN', 'ST', 'CN', 'PW', 'MN', 'FLAG', 'PNUM', 'PNO']);

function isHeadField(name: string): name is HeadField {
  return HEAD_FIELDS.has(name);
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

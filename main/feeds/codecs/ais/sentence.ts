/** Characters of the longest line: NMEA 0183 has 82, tag blocks and receivers' notes come beside them. */
export const MOST_LINE = 1024;

/** One sentence of a report, `!AIVDM,total,number,sequence,channel,payload,fill*XX`. */
export interface Sentence {
  readonly total: number;
  readonly number: number;
  /** By which the sentences of a message are known: sequence and channel as they came, and how many. */
  readonly key: string;
  readonly payload: string;
  /** Bits at the end of the payload that are none of the message's. */
  readonly fill: number;
  /** When the receiver heard it by its tag block, wall ms; null where it says nothing. */
  readonly t: number | null;
}

/** A sentence, or what is wrong; `other`: a sentence that is right, and no report of a ship. */
export type SentenceReading = Sentence | 'other' | 'noise' | 'checksum' | 'fields' | 'payload';

/** A tag block (NMEA 4.0), the sentence, its checksum; what a receiver writes behind it is nobody's concern. */
const LINE = /^(?:\\([^\\]{0,200})\\)?([!$])([^*!$\\]{5,1000})\*([\dA-Fa-f]{2})/;
const REPORT = /^..VD[MO]$/;
/** Six bits a character: 0 to W, ` to w. */
const PAYLOAD = /^[0-W`-w]*$/;
const TIME = /(?:^|,)c:(\d{10})(\d{3})?(?=[,*])/;

/** @param line without its end */
export function readSentence(line: string): SentenceReading {
  const [, tag = '', start, body = '', said = ''] = LINE.exec(line) ?? [];
  if (start === undefined) return 'noise';
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  if (sum !== Number.parseInt(said, 16)) return 'checksum';
  const [name = '', total = '', number = '', sequence = '', channel = '', payload = '', fill = ''] = body.split(',');
  if (start === '$' || !REPORT.test(name)) return 'other';
  const [of, which] = [digit(total), digit(number)];
  const bits = fill === '' ? 0 : digit(fill);
  if (of < 1 || which < 1 || which > of || bits < 0 || bits > 5) return 'fields';
  if (!PAYLOAD.test(payload)) return 'payload';
  return { total: of, number: which, key: `${sequence}/${channel}/${of}`, payload, fill: bits, t: timeOf(tag) };
}

/** One digit; -1 where it is none. */
function digit(text: string): number {
  return /^\d$/.test(text) ? Number(text) : -1;
}

/** Seconds since 1970, with milliseconds or without. */
function timeOf(tag: string): number | null {
  const [, seconds, ms = '0'] = TIME.exec(`${tag}*`) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000 + Number(ms);
}

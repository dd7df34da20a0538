import type { CodecRecord, CodecSession, Decoded } from '../codec.ts';
import { readAsciiItems } from './asciiItems.ts';
import { saysHex } from './bcd.ts';
import { createFaults, excerptOf, excerptOfText, type Faults } from './faults.ts';
import { createCutter, type Piece } from './frames.ts';
import { ACK, ESC, ETB, ETX, type Head, NAK, swappedOf, u16 } from './head.ts';
import { readItems } from './items.ts';
import { createPackets, type Packets } from './packets.ts';
import { type Ending, replyTo } from './reply.ts';
import { SAID } from './said.ts';
import type { Letter, Sink } from './series.ts';
import { readBcdTime, readTime, writeTime } from './time.ts';

/** How a connection is read. */
export interface Sl651Options {
  /** Of the stations' local time from UTC, in minutes, east positive: 480 for Beijing. */
  readonly offsetMinutes: number;
  /** The password a station must show, four hex digits; undefined: any. */
  passwordOf(station: string): string | undefined;
}

/** Keeps the link (6.6.4.2): nobody answers it. */
const KEEP_ALIVE = 0x2f;
/** State and alarms: its station has no class behind it (6.6.4.20). */
const STATE_REPORT = 0x46;
/**
 * Functions whose texts are elements: reports of values, and answers that bring values. In the others the same identifiers are settings
 * (6.6.3.2); a test (30) is no measurement and does not belong among measurements (6.6.4.3).
 */
const MEASURED: ReadonlySet<number> = new Set([0x31, 0x32, 0x33, 0x34, 0x37, 0x38, 0x3a, 0x44, STATE_REPORT]);

/** A message that is whole: one frame, or several packets joined. */
interface Message {
  readonly head: Head;
  /** From the serial on. */
  readonly text: Uint8Array;
  readonly last: boolean;
  readonly excerpt: () => string;
}

/** What comes of one arrival, while it is read. */
interface Outcome {
  readonly faults: Faults;
  readonly records: CodecRecord[];
  readonly replies: Uint8Array[];
  messages: number;
  sentAt: number | null;
}

/** One connection of stations by SL 651-2014, frames in HEX/BCD and in ASCII. It only answers; it never asks (M4) or sets a clock. */
export function createSl651Session(options: Sl651Options): CodecSession {
  const cutter = createCutter();
  const packets = createPackets();
  return {
    take(bytes, now): Decoded {
      const out: Outcome = { faults: createFaults(), records: [], replies: [], messages: 0, sentAt: null };
      const context: Context = { options, packets, now, time: writeTime(now, options.offsetMinutes), out };
      for (const piece of cutter.cut(bytes, now)) {
        if (piece.kind === 'frame') readFrame(piece, context);
        else if (piece.kind === 'noise') out.faults.add('', SAID.noise, () => excerptOf(piece.bytes, null));
        else readBroken(piece, context);
      }
      const { faults, records, replies, messages, sentAt } = out;
      return { messages, sentAt, records, replies, faults: faults.list, refused: faults.refused };
    },
    kept: () => cutter.waiting,
  };
}

interface Context {
  readonly options: Sl651Options;
  readonly packets: Packets;
  readonly now: number;
  /** The same as the centre says it. */
  readonly time: string;
  readonly out: Outcome;
}

/** A frame that did not arrive well gets no answer; of a packet the station may be told to send it again. */
function readBroken(piece: Extract<Piece, { kind: 'broken' }>, { options, packets, time, out }: Context): void {
  const { head, bytes, why } = piece;
  const excerpt = () => excerptOf(bytes, head);
  out.faults.add(why === 'crc' ? 'crc' : 'length', SAID[why], excerpt);
  if (!head?.packet || head.down || !admits(options, head)) return;
  const last = bytes[head.textEnd] === ETX;
  const joined = packets.broken(head, last, (w) => out.faults.add('packets', SAID[w], excerpt));
  if (joined.kind !== 'again') return;
  const { packet, serial } = joined;
  out.replies.push(replyTo(head, { serial, ending: NAK, packet, time }));
}

function readFrame({ head, bytes }: Extract<Piece, { kind: 'frame' }>, context: Context): void {
  const { options, packets, now, time, out } = context;
  const excerpt = () => excerptOf(bytes, head);
  const end = bytes[head.textEnd];
  if (head.down) {
    out.faults.add('length', SAID.down, excerpt);
    return;
  }
  if (end !== ETX && end !== ETB) {
    out.faults.add('end', SAID.end, excerpt);
    return;
  }
  const text = bytes.subarray(head.textAt, head.textEnd);
  if (!head.packet) {
    const named = namedIn(text, head);
    readMessage({ head: named, text, last: end === ETX, excerpt }, context);
    return;
  }
  if (!admits(options, head)) {
    out.faults.add('password', SAID.password, excerpt);
    return;
  }
  const dropped = (why: 'packets' | 'tooMany') => out.faults.add('packets', SAID[why], excerpt);
  const joined = packets.take(head, text, end === ETX, now, dropped);
  if (joined.kind === 'whole') {
    const whole = joined.text;
    readMessage({ head, text: whole, last: true, excerpt: () => excerptOfText(whole, head.fn) }, context);
  } else if (joined.kind === 'again') {
    const { packet, serial } = joined;
    out.replies.push(replyTo(head, { serial, ending: NAK, packet, time }));
  }
}

function readMessage({ head, text, last, excerpt }: Message, { options, now, time, out }: Context): void {
  const { offsetMinutes } = options;
  const opening = openingOf(text, head, { offsetMinutes, now });
  if (!admits(options, head)) {
    out.faults.add('password', SAID.password, excerpt);
    return;
  }
  if (!isKnown(head.fn)) {
    out.faults.add('function', SAID.function, excerpt);
    return;
  }
  if (opening === null) {
    out.faults.add('sent', SAID.opening, excerpt);
    return;
  }
  const { sentAt } = opening;
  out.messages++;
  out.sentAt = Math.max(out.sentAt ?? sentAt, sentAt);
  if (MEASURED.has(head.fn)) {
    const letter: Letter = { station: head.station, sentAt, offsetMinutes, now, classed: head.fn !== STATE_REPORT };
    const sink = sinkOf(head, options, out, excerpt);
    if (head.form === 'hex') readItems(text, HEX_OPENING, letter, sink);
    else readAsciiItems(Buffer.from(text.subarray(ASCII_OPENING)).toString('latin1'), letter, sink);
  }
  if (head.fn === KEEP_ALIVE) return;
  const ending: Ending = last ? ESC : ACK;
  const packet = head.packet?.total ?? 0;
  out.replies.push(replyTo(head, { serial: opening.serial, ending, packet, time }));
}

/**
 * Where the values of a message go to. A relay brings those of other stations (6.6.2.7); of one that has to show a password they are taken only
 * where the frame shows it, or any station could speak for it.
 */
function sinkOf(head: Head, options: Sl651Options, out: Outcome, excerpt: () => string): Sink {
  const others = new Map<string, boolean>();
  return {
    reading(device, item, t, value) {
      let may = device === head.station || others.get(device);
      if (may === undefined) {
        may = admits(options, { station: device, password: head.password });
        others.set(device, may);
        if (!may) out.faults.add('password', SAID.password, excerpt);
      }
      if (may) out.records.push({ kind: 'reading', device, item, t, value, quality: 'good' });
    },
    fault: (path, said) => out.faults.add(path, said, excerpt),
  };
}

/** Bytes of serial and time of sending, with which every text begins (table 24). */
const HEX_OPENING = 8;
const ASCII_OPENING = 16;

/** Null where they do not stand there. */
function openingOf(
  text: Uint8Array,
  { form }: Head,
  local: { readonly offsetMinutes: number; readonly now: number },
): { serial: number; sentAt: number } | null {
  if (form === 'hex') {
    const sentAt = text.length < HEX_OPENING ? null : readBcdTime(text, 2, 6, local);
    return sentAt === null ? null : { serial: u16(text, 0), sentAt };
  }
  const words = Buffer.from(text.subarray(0, ASCII_OPENING)).toString('latin1');
  if (!/^[0-9A-Fa-f]{4}\d{12}$/.test(words)) return null;
  const sentAt = readTime(words.slice(4), local.offsetMinutes, local.now);
  return sentAt === null ? null : { serial: Number.parseInt(words.slice(0, 4), 16), sentAt };
}

/** Some stations put themselves before the centre, as only a centre does: the station that the text names settles it. */
function namedIn(text: Uint8Array, head: Head): Head {
  if (head.form === 'ascii' || text.length < 15 || u16(text, 8) !== 0xf1f1 || saysHex(text, 10, head.station))
    return head;
  const swapped = swappedOf(head);
  return saysHex(text, 10, swapped.station) ? { ...head, ...swapped } : head;
}

/** Annex B: 2F to 3A and 40 to 51. What others mean is a vendor's secret, so nobody answers them. */
function isKnown(fn: number): boolean {
  return (fn >= 0x2f && fn <= 0x3a) || (fn >= 0x40 && fn <= 0x51);
}

function admits({ passwordOf }: Sl651Options, { station, password }: Pick<Head, 'station' | 'password'>): boolean {
  const wanted = passwordOf(station);
  return wanted === undefined || wanted.toUpperCase() === password;
}

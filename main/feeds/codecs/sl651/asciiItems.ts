import { elementOf, STATE, slotsOf } from './elements.ts';
import { SAID } from './said.ts';
import { FIVE_MINUTES, type Letter, placeSeries, type Sink, stepOf, unpackSlots } from './series.ts';
import { readTime } from './time.ts';

const NUMBER = /^[+-]?\d{1,31}(\.\d{0,7})?$/;
const STEP = /^DR([DHN])(\d\d)$/;

/**
 * Reads the groups of an ASCII text behind serial and time of sending: identifier and value in turn, with blanks between (SL 651-2014 6.6.2).
 *
 * @param text the groups only.
 */
export function readAsciiItems(text: string, letter: Letter, sink: Sink): void {
  const words = text.split(' ').filter((word) => word !== '');
  let { station } = letter;
  let t: number | null = letter.sentAt;
  let i = 0;
  while (i < words.length) {
    const word = (words[i] ?? '').toUpperCase();
    const next = words[i + 1];
    if (word === 'RGZS' || word === 'PIC' || word === 'DATA') return;
    const step = STEP.exec(word);
    if (step) {
      if (t !== null) readRows(words.slice(i + 1), step, { station, t, letter }, sink);
      return;
    }
    if (next === undefined) {
      sink.fault(word.slice(0, 10), SAID.cut);
      return;
    }
    i += 2;
    if (word === 'ST') {
      if (!/^[0-9A-Fa-f]{10}$/.test(next)) {
        sink.fault('ST', SAID.station);
        return;
      }
      station = next.toUpperCase();
      t = letter.sentAt;
      if (letter.classed && words[i]?.toUpperCase() !== 'TT') i++;
    } else if (word === 'TT') {
      t = /^\d{10}$/.test(next) ? readTime(next, letter.offsetMinutes, letter.now) : null;
      if (t === null) sink.fault('TT', SAID.observed);
    } else if (t !== null) {
      const item = elementOf(word);
      const slots = item === null ? null : slotsOf(item);
      if (item === null) sink.fault(word.slice(0, 10), SAID.element);
      else if (slots) {
        const values = readSlots(next, slots);
        if (!values) sink.fault(item, SAID.series);
        else placeSeries(sink, { device: station, item, t, step: FIVE_MINUTES, sentAt: letter.sentAt }, values);
      } else {
        const value = readValue(item, next);
        if (value === undefined) sink.fault(item, SAID.value);
        else if (value !== null) sink.reading(station, item, t, value);
      }
    }
  }
}

/** Behind a step: the elements, then a value of each for every time (6.6.4.4 b to d). */
function readRows(
  words: readonly string[],
  [, unit, number]: RegExpExecArray,
  { station, t, letter }: { station: string; t: number; letter: Letter },
  sink: Sink,
): void {
  const n = Number(number);
  const step = stepOf(unit === 'D' ? n : 0, unit === 'H' ? n : 0, unit === 'N' ? n : 0);
  if (step === null) {
    sink.fault('DR', SAID.step);
    return;
  }
  const items: string[] = [];
  for (const word of words) {
    const item = elementOf(word);
    if (item === null) break;
    items.push(item);
  }
  const values = words.slice(items.length);
  if (items.length === 0 || values.length === 0 || values.length % items.length > 0) {
    sink.fault('DR', SAID.series);
    return;
  }
  for (const [column, item] of items.entries()) {
    const ofItem = values.filter((_, i) => i % items.length === column);
    const slots = slotsOf(item);
    const series = { device: station, item, t, step: slots ? FIVE_MINUTES : step, sentAt: letter.sentAt };
    const read = ofItem.flatMap((word) => (slots ? (readSlots(word, slots) ?? [undefined]) : [readValue(item, word)]));
    if (series.step === 0 || (slots && read.includes(undefined))) {
      sink.fault(item, SAID.series);
      continue;
    }
    for (const value of read) if (value === undefined) sink.fault(item, SAID.value);
    placeSeries(
      sink,
      series,
      read.map((value) => value ?? null),
    );
  }
}

/** Null where it is missing, undefined where it is no number. */
function readValue(item: string, word: string): number | null | undefined {
  if (/^M+$/i.test(word)) return null;
  if (item === STATE) return /^[0-9A-Fa-f]{8}$/.test(word) ? Number.parseInt(word, 16) : undefined;
  return NUMBER.test(word) ? Number(word) + 0 : undefined;
}

/** The bytes of an hour's values, each as two characters; M where the hour is missing. */
function readSlots(word: string, slots: { width: 1 | 2; decimals: 1 | 2 }): (number | null)[] | undefined {
  if (/^M$/i.test(word)) return new Array<null>(12).fill(null);
  if (word.length !== 24 * slots.width || !/^[0-9A-Fa-f]+$/.test(word)) return undefined;
  return unpackSlots(Buffer.from(word, 'hex'), slots.width, slots.decimals);
}

import { hexOf, readBcd, saysHex } from './bcd.ts';
import { STATE, slotsOf } from './elements.ts';
import { u16 } from './head.ts';
import { SAID } from './said.ts';
import { FIVE_MINUTES, type Letter, placeSeries, type Sink, stepOf, unpackSlots } from './series.ts';
import { readBcdTime } from './time.ts';

/** Groups whose second byte repeats the first or is fixed, because their length is (annex C, notes a to f). */
const OBSERVED = 0xf0f0;
const STATION = 0xf1f1;
const TYPED = 0xf2f2;
const PICTURE = 0xf3f3;
const BATCH = 0xfdf6;
const STEP = 0x0418;

/**
 * Reads the groups of a HEX/BCD text behind serial and time of sending (SL 651-2014 6.6.3). A group that is wrong is refused alone while its
 * length is known; behind one whose length is not nothing is read.
 *
 * @param from where the groups begin.
 */
export function readItems(text: Uint8Array, from: number, letter: Letter, sink: Sink): void {
  let { station } = letter;
  let t: number | null = letter.sentAt;
  let step: number | null | undefined;
  let at = from;
  while (at < text.length) {
    const mark = u16(text, at);
    if (mark === TYPED || mark === PICTURE || mark === BATCH) return;
    if (mark === STATION) {
      if (at + 7 > text.length) {
        sink.fault('F1F1', SAID.station);
        return;
      }
      if (!saysHex(text, at + 2, station)) station = hexOf(text, at + 2, at + 7);
      // Each station of a report has its own times (6.6.2.7).
      t = letter.sentAt;
      step = undefined;
      at += 7;
      if (letter.classed && u16(text, at) !== OBSERVED) at++;
      continue;
    }
    if (mark === OBSERVED) {
      if (at + 7 > text.length) {
        sink.fault('F0F0', SAID.cut);
        return;
      }
      t = readBcdTime(text, at + 2, 5, letter);
      if (t === null) sink.fault('F0F0', SAID.observed);
      at += 7;
      continue;
    }
    if (mark === STEP) {
      if (at + 5 > text.length) {
        sink.fault('0418', SAID.cut);
        return;
      }
      const digits = hexOf(text, at + 2, at + 5);
      const parts = digits.match(/\d\d/g)?.map(Number) ?? [];
      step = /^\d{6}$/.test(digits) ? stepOf(parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0) : null;
      if (step === null) sink.fault('0418', SAID.step);
      at += 5;
      continue;
    }
    const own = text[at] === 0xff ? 1 : 0;
    const item = hexOf(text, at, Math.min(at + 1 + own, text.length));
    const definition = text[at + 1 + own];
    const begin = at + 2 + own;
    if (definition === undefined) {
      sink.fault(item, SAID.cut);
      return;
    }
    const length = definition >>> 3;
    const decimals = definition & 7;
    const slots = slotsOf(item);
    // Behind a step one element's values follow to the end (6.6.4.4).
    const end = step === undefined ? begin + length : text.length;
    if (end > text.length) {
      sink.fault(item, SAID.cut);
      return;
    }
    at = end;
    if (t === null || step === null) continue;
    const series = { device: station, item, sentAt: letter.sentAt };
    if (slots) {
      const value = text.subarray(begin, end);
      const whole = length === 12 * slots.width && value.length > 0 && value.length % length === 0;
      if (!whole) sink.fault(item, SAID.series);
      else placeSeries(sink, { ...series, t, step: FIVE_MINUTES }, unpackSlots(value, slots.width, slots.decimals));
    } else if (step === undefined) {
      const read = readValue(item, text, begin, end, decimals);
      if (read === undefined) sink.fault(item, SAID.value);
      else if (read !== null) sink.reading(station, item, t, read);
    } else {
      const count = length > 0 ? (end - begin) / length : 0;
      const whole = step > 0 && count > 0 && Number.isInteger(count);
      const values = Array.from({ length: whole ? count : 0 }, (_, i) =>
        readValue(item, text, begin + i * length, begin + (i + 1) * length, decimals),
      );
      if (!whole) sink.fault(item, SAID.series);
      for (const read of values) if (read === undefined) sink.fault(item, SAID.value);
      placeSeries(
        sink,
        { ...series, t, step },
        values.map((read) => read ?? null),
      );
    }
  }
}

/** Null where it is missing, undefined where it is no number. */
function readValue(
  item: string,
  text: Uint8Array,
  from: number,
  to: number,
  decimals: number,
): number | null | undefined {
  const value = readBcd(text, from, to, decimals);
  if (value === 'missing') return null;
  if (item === STATE) return to - from === 4 ? Number.parseInt(hexOf(text, from, to), 16) : undefined;
  return value === 'unfit' ? undefined : value;
}

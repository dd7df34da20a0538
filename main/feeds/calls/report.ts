import { z } from 'zod';
import type { Report } from '../../../core/calls/report.ts';
import { own } from '../../../core/own.ts';
import type { ToWgs84 } from '../../../core/places/crs.ts';
import { cleaned } from '../codecs/cap/words.ts';

/** Of what is kept of them (core/bodies.ts). */
const MOST_WORDS = 1000;
/** A source whose clock is further ahead than this is not believed, ms. */
export const AHEAD_MS = 60_000;

/** Its system's number for it: one that is seen whole. */
export const ReportId = z.union([
  z.string().regex(/^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,118}[^\p{C}\p{Z}])?$/u, 'a number of 1 to 120 characters'),
  z.number().int().transform(String),
]);

/** How what a system says is understood. */
export interface ReportOptions {
  /** The hall's kinds by the system's words. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly convert: ToWgs84 | null;
}

/** What a system says of one report, as it says it. */
export interface ToldOf {
  readonly id: string;
  readonly at: number | null;
  readonly words: string;
  readonly kind: string | null;
  readonly caller: { readonly name: string; readonly phone: string };
  /** A name alone goes with the words. */
  readonly place: { readonly lon: number | null; readonly lat: number | null; readonly name: string };
  readonly over: boolean;
  readonly options: ReportOptions;
}

/** The report as the hall keeps it: words that look like what they are, its own kinds, WGS 84. */
export function reportOf({ id, at, words, kind, caller, place, over, options }: ToldOf): Report {
  const name = named(place.name, 200);
  const phone = named(caller.phone, 40);
  const who = named(caller.name, 100);
  const point = pointOf(place, options.convert);
  const text = written(point === null && name !== '' ? `${words} · ${name}` : words, MOST_WORDS);
  const known = kind === null ? undefined : own(options.kinds, kind.trim());
  const both = (said: string) => ({ zh: said, en: said });
  return {
    ...{ id, at, over, text: both(text) },
    about: {
      ...(known === undefined ? {} : { kind: known }),
      ...(who === '' && phone === '' ? {} : { caller: { name: who, phone } }),
      ...(point === null ? {} : { place: { lon: point[0], lat: point[1], name: both(name) } }),
    },
  };
}

/** Without halves of characters, which no ledger carries. */
const written = (text: string, most: number): string => cleaned(text.toWellFormed(), most);
/** In a name everything is drawn, in one line. */
const named = (text: string, most: number): string => written(text.replace(/[\p{Cf}\p{Zl}\p{Zp}\n\t]/gu, ' '), most);

/** What lies nowhere on earth lies nowhere. */
function pointOf({ lon, lat }: ToldOf['place'], convert: ToWgs84 | null): [number, number] | null {
  if (lon === null || lat === null) return null;
  const [x, y] = convert?.(lon, lat) ?? [lon, lat];
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
}

export const NO_TIME = {
  message: { zh: '不是时间', en: 'is no time' },
  remedy: {
    zh: '请写成 2026-11-28T14:00:00+08:00，或 1970 年以来的毫秒数',
    en: 'Write it like 2026-11-28T14:00:00+08:00, or as milliseconds since 1970.',
  },
};
export const AHEAD = {
  message: { zh: '比大厅的时钟超前一分钟以上', en: "is more than a minute ahead of the hall's clock" },
  remedy: { zh: '请核对来源的时钟与时区', en: "Check the source's clock and its time zone." },
};

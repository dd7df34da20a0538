import { z } from 'zod';
import type { Report } from '../../../core/calls/report.ts';
import { own } from '../../../core/own.ts';
import type { ToWgs84 } from '../../../core/places/crs.ts';
import { describeIssue, type Issue } from '../../config/issue.ts';
import { cleaned } from '../codecs/cap/words.ts';
import { readJson } from '../codecs/json-path/json.ts';
import { timeReader } from '../codecs/json-path/time.ts';
import type { RecordFault } from '../feed.ts';
import { sketch } from '../sketch.ts';

/** What one message may hold. */
export const MOST_CALLS = 500;
const DESCRIBED = 20;
const EXCERPT_CHARS = 400;
/** Longer words are cut; what is longer than this is no report. */
const MOST_SAID = 20_000;
/** Of what is kept of them (core/bodies.ts). */
const MOST_WORDS = 1000;
/** A source whose clock is further ahead than this is not believed, ms. */
export const AHEAD_MS = 60_000;

const Said = z.string().max(MOST_SAID);
const Envelope = z.object({ calls: z.array(z.unknown()).max(MOST_CALLS) });
/** Its system's number for it: one that is seen whole. */
export const ReportId = z.union([
  z.string().regex(/^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,118}[^\p{C}\p{Z}])?$/u, 'a number of 1 to 120 characters'),
  z.number().int().transform(String),
]);
const CallRecord = z.object({
  id: ReportId,
  /** Wall ms, or as ISO 8601 has it. */
  t: z.union([z.number().int().nonnegative(), z.string().max(80)]).nullish(),
  words: Said.regex(/\S/, 'a text in each language'),
  kind: z.string().max(200).nullish(),
  caller: z.object({ name: Said.nullish(), phone: Said.nullish() }).nullish(),
  place: z
    .object({
      lon: z.number().min(-180).max(180).nullish(),
      lat: z.number().min(-90).max(90).nullish(),
      name: Said.nullish(),
    })
    .nullish(),
  over: z.boolean().nullish(),
});

/** What came of a message. */
export type CallsReading =
  | { readonly ok: false; readonly fault: Issue }
  | {
      readonly ok: true;
      readonly reports: readonly Report[];
      readonly rejected: number;
      /** The first of them, described. */
      readonly faults: readonly RecordFault[];
    };

export interface CallsOptions {
  readonly kinds: Readonly<Record<string, string>>;
  readonly convert: ToWgs84 | null;
  /** Minutes east of Greenwich, for times without a zone. */
  readonly zone: number;
}

/** Reads a message of calls: nothing that comes makes it throw. @param now wall ms: what is dated after it is refused */
export function readCalls(bytes: Uint8Array, options: CallsOptions, now: number): CallsReading {
  const json = readJson(bytes, 'utf-8');
  if ('fault' in json) return { ok: false, fault: { path: '', ...json.fault } };
  const envelope = Envelope.safeParse(json.value);
  if (!envelope.success) return { ok: false, fault: firstOf(envelope.error, []) };
  const reports: Report[] = [];
  const faults: RecordFault[] = [];
  let rejected = 0;
  for (const [i, record] of envelope.data.calls.entries()) {
    const read = readRecord(record, options, now, ['calls', i]);
    if ('id' in read) reports.push(read);
    else {
      rejected++;
      if (faults.length < DESCRIBED) faults.push({ ...read, excerpt: sketch(record, EXCERPT_CHARS) });
    }
  }
  return { ok: true, reports, rejected, faults };
}

function readRecord(record: unknown, options: CallsOptions, now: number, at: PropertyKey[]): Report | Issue {
  const parsed = CallRecord.safeParse(record);
  if (!parsed.success) return firstOf(parsed.error, at);
  const { id, t, words, kind, caller, place, over } = parsed.data;
  const path = at.map(String).join('.');
  const made = t === null || t === undefined ? null : typeof t === 'number' ? t : timeReader('iso', options.zone)?.(t);
  if (made === undefined || (made === null && typeof t === 'string')) return { path: `${path}.t`, ...NO_TIME };
  if (made !== null && made > now + AHEAD_MS) return { path: `${path}.t`, ...AHEAD };
  return reportOf({
    ...{ id, at: made, words, kind: kind ?? null, over: over ?? false, options },
    caller: { name: caller?.name ?? '', phone: caller?.phone ?? '' },
    place: { lon: place?.lon ?? null, lat: place?.lat ?? null, name: place?.name ?? '' },
  });
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
  readonly options: Pick<CallsOptions, 'kinds' | 'convert'>;
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

function firstOf(error: z.ZodError, at: PropertyKey[]): Issue {
  const [issue] = error.issues;
  return issue ? describeIssue(issue, at) : { path: at.map(String).join('.'), ...NO_TIME };
}

const NO_TIME = {
  message: { zh: '不是时间', en: 'is no time' },
  remedy: {
    zh: '请写成 2026-11-28T14:00:00+08:00，或 1970 年以来的毫秒数',
    en: 'Write it like 2026-11-28T14:00:00+08:00, or as milliseconds since 1970.',
  },
};
const AHEAD = {
  message: { zh: '比大厅的时钟超前一分钟以上', en: "is more than a minute ahead of the hall's clock" },
  remedy: { zh: '请核对来源的时钟与时区', en: "Check the source's clock and its time zone." },
};

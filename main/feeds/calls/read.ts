import { z } from 'zod';
import type { Report } from '../../../core/calls/report.ts';
import { describeIssue, type Issue } from '../../config/issue.ts';
import { readJson } from '../codecs/json-path/json.ts';
import { timeReader } from '../codecs/json-path/time.ts';
import type { RecordFault } from '../feed.ts';
import { sketch } from '../sketch.ts';
import { AHEAD, AHEAD_MS, NO_TIME, ReportId, type ReportOptions, reportOf } from './report.ts';

/** What one message may hold. */
export const MOST_CALLS = 500;
const DESCRIBED = 20;
const EXCERPT_CHARS = 400;
/** Longer words are cut; what is longer than this is no report. */
const MOST_SAID = 20_000;

const Said = z.string().max(MOST_SAID);
const Envelope = z.object({ calls: z.array(z.unknown()).max(MOST_CALLS) });
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

export interface CallsOptions extends ReportOptions {
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

function firstOf(error: z.ZodError, at: PropertyKey[]): Issue {
  const [issue] = error.issues;
  return issue ? describeIssue(issue, at) : { path: at.map(String).join('.'), ...NO_TIME };
}

import type { Report } from '../../../core/calls/report.ts';
import { own } from '../../../core/own.ts';
import type { Issue } from '../../config/issue.ts';
import { EXCERPT_CHARS } from '../../rejects/rejects.ts';
import { AHEAD, AHEAD_MS, NO_TIME, ReportId, type ReportOptions, reportOf } from '../calls/report.ts';
import { readJson } from '../codecs/json-path/json.ts';
import { numberOf } from '../codecs/json-path/numbers.ts';
import { timeReader } from '../codecs/json-path/time.ts';
import type { RecordFault } from '../feed.ts';
import { sketch } from '../sketch.ts';

/** Requests of one answer that are looked at: the standard has a thousand at most, and some servers have no bound. */
const MOST_REQUESTS = 5000;
const DESCRIBED = 20;

export interface RequestOptions extends ReportOptions {
  /** Minutes east of Greenwich, for times without a zone. */
  readonly zone: number;
  /** Which are wanted; null for all. */
  readonly services: ReadonlySet<string> | null;
  /** What services are called, by their codes. */
  readonly names: ReadonlyMap<string, string>;
}

/** What came of an answer. */
export type RequestsReading =
  | { readonly ok: false; readonly fault: Issue }
  | {
      readonly ok: true;
      /** How many it holds, wanted or not. */
      readonly count: number;
      readonly reports: readonly Report[];
      readonly rejected: number;
      /** The first of them, described. */
      readonly faults: readonly RecordFault[];
    };

/**
 * Reads an answer to `GET requests.json` (GeoReport v2): nothing that comes makes it throw.
 *
 * @param now wall ms: what is dated after it is refused
 * @param since wall ms: what was made before is passed over, as not every server heeds the dates that it is asked for
 */
export function readRequests(bytes: Uint8Array, options: RequestOptions, now: number, since: number): RequestsReading {
  const list = listIn(bytes, 'service_requests');
  if ('path' in list) return { ok: false, fault: list };
  const reports: Report[] = [];
  const faults: RecordFault[] = [];
  let rejected = 0;
  for (const [i, record] of list.all.slice(0, MOST_REQUESTS).entries()) {
    const read = readRequest(record, options, now, `requests.${i}`);
    if (read === null) continue;
    if ('path' in read) {
      rejected++;
      if (faults.length < DESCRIBED) faults.push({ ...read, excerpt: sketch(record, EXCERPT_CHARS) });
    } else if (read.at === null || read.at >= since) reports.push(read);
  }
  return { ok: true, count: list.all.length, reports, rejected, faults };
}

/** Reads an answer to `GET services.json`: names by codes. */
export function readServices(bytes: Uint8Array): ReadonlyMap<string, string> | Issue {
  const list = listIn(bytes, 'services');
  if ('path' in list) return list;
  const named = list.all.slice(0, MOST_REQUESTS).flatMap((record): [string, string][] => {
    const code = textIn(record, 'service_code');
    return code === '' ? [] : [[code, textIn(record, 'service_name')]];
  });
  return new Map(named);
}

/** Null for one that is not asked for, or has no number yet. */
function readRequest(record: unknown, options: RequestOptions, now: number, path: string): Report | Issue | null {
  const id = ReportId.safeParse(memberOf(record, 'service_request_id'));
  const code = textIn(record, 'service_code');
  if (options.services !== null && !options.services.has(code)) return null;
  if (!id.success) return textIn(record, 'token') !== '' ? null : { path: `${path}.service_request_id`, ...NO_ID };
  const written = textIn(record, 'requested_datetime');
  const at = written === '' ? null : (timeReader('iso', options.zone)?.(written) ?? undefined);
  if (at === undefined) return { path: `${path}.requested_datetime`, ...NO_TIME };
  if (at !== null && at > now + AHEAD_MS) return { path: `${path}.requested_datetime`, ...AHEAD };
  const service = textIn(record, 'service_name') || (options.names.get(code) ?? code);
  const words = [service, textIn(record, 'description'), textIn(record, 'status_notes')].filter((said) => said !== '');
  if (words.length === 0) return { path, ...NO_WORDS };
  const lon = numberOf(memberOf(record, 'long'));
  const lat = numberOf(memberOf(record, 'lat'));
  // Where nobody pointed at a map.
  const nowhere = lon === 0 && lat === 0;
  return reportOf({
    ...{ id: id.data, at, options, words: words.join(' · ') },
    kind: own(options.kinds, code) === undefined ? service : code,
    caller: { name: '', phone: '' },
    place: { lon: nowhere ? null : lon, lat: nowhere ? null : lat, name: textIn(record, 'address') },
    over: textIn(record, 'status').toLowerCase() === 'closed',
  });
}

/** The list that an answer is, or has as its one member; what is wrong, also where it tells of errors instead. */
function listIn(bytes: Uint8Array, name: string): { readonly all: readonly unknown[] } | Issue {
  const json = readJson(bytes, 'utf-8');
  if ('fault' in json) return { path: '', ...json.fault };
  const all = Array.isArray(json.value) ? json.value : memberOf(json.value, name);
  if (!Array.isArray(all)) return { path: '', ...NO_LIST };
  const [first] = all;
  const said = textIn(first, 'description');
  const isError = all.length === 1 && memberOf(first, 'code') !== undefined && textIn(first, 'service_code') === '';
  return isError ? { path: '', ...toldError(said.slice(0, 200)) } : { all };
}

/** An own member of an object; undefined where there is none. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Servers write numbers for texts and null for nothing. */
function textIn(value: unknown, name: string): string {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member.trim() : typeof member === 'number' ? String(member) : '';
}

const NO_ID = {
  message: { zh: '缺少 service_request_id，或不是编号', en: '`service_request_id` is missing, or no number' },
  remedy: { zh: '请让来源给每件上报一个编号', en: 'Have the source give each request its number.' },
};
const NO_WORDS = {
  message: { zh: '没有说是什么事', en: 'does not say what it is about' },
  remedy: {
    zh: '请让来源写出 service_name 或 description',
    en: 'Have the source write `service_name` or `description`.',
  },
};
const NO_LIST = {
  message: { zh: '应答不是列表', en: 'the answer is no list' },
  remedy: {
    zh: '请核对 url：应为 GeoReport v2 服务的地址，并支持 JSON',
    en: 'Check `url`: it must be the address of a service of GeoReport v2 that answers JSON.',
  },
};
const toldError = (said: string) => ({
  message: { zh: `来源报告错误“${said}”`, en: `the source tells of an error: “${said}”` },
  remedy: {
    zh: '请核对 url 与登录，或联系来源的维护人员',
    en: "Check `url` and the login, or ask the source's keeper.",
  },
});

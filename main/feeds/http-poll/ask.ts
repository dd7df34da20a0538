import type { Clock } from '../../clock.ts';
import { JSON_LIMITS } from '../codecs/json-path/json.ts';
import { type HttpAnswer, type HttpGet, httpGet } from '../transports/httpGet.ts';
import type { Asked } from './asked.ts';
import { type Loss, lossOf, lossOfStatus, NO_ANSWER, RUNAROUND, redirected } from './reasons.ts';

/** Redirects of one question that are followed. */
const MOST_HOPS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** No validator that a server makes of a page is longer. */
const VALIDATOR_CHARS = 500;

/** What a server gave to recognise an answer by, as it is shown to it the next time (RFC 9110, 13). */
export type Validators = Readonly<Record<'if-none-match' | 'if-modified-since', string>>;

/** What came of a question. */
export type Answered =
  | {
      readonly is: 'body';
      readonly body: Buffer;
      readonly type: string;
      readonly encoding: string;
      readonly validators: Partial<Validators>;
    }
  /** As before, or nothing. */
  | { readonly is: 'unchanged' }
  | { readonly is: 'too-long' }
  | { readonly is: 'loss'; readonly loss: Loss };

/** A question that is on its way. */
export interface Question {
  /** Never rejects. */
  readonly answer: Promise<Answered>;
  cancel(): void;
}

/** What goes with each question, and is nobody's business: whole values of headers. */
function loginOf({ token, username, password = '', headers }: Asked): Record<string, string> {
  const basic = username === undefined ? null : Buffer.from(`${username}:${password}`).toString('base64');
  const authorization = token !== undefined ? `Bearer ${token}` : basic === null ? null : `Basic ${basic}`;
  return { ...headers, ...(authorization === null ? {} : { authorization }) };
}

/** Asks an address of a feed once. Redirects are followed on the host that the login is for, and nowhere else. */
export function ask(
  config: Asked & { readonly columns?: unknown },
  at: URL,
  validators: Partial<Validators>,
  clock: Clock,
): Question {
  const until = clock.monotonic() + config.timeout * 1000;
  const headers = {
    accept: config.columns ? 'text/csv, */*;q=0.5' : 'application/json',
    ...loginOf(config),
    ...validators,
    'accept-encoding': 'identity',
  };
  let on: HttpGet | null = null;
  let cancelled = false;

  const go = async (url: URL, hops: number): Promise<Answered> => {
    const timeoutMs = until - clock.monotonic();
    if (timeoutMs <= 0 || cancelled) return { is: 'loss', loss: NO_ANSWER };
    on = httpGet({ url, headers, ca: config.ca, timeoutMs, mostBytes: JSON_LIMITS.bytes }, clock);
    const answer = await on.answer;
    if (answer.is !== 'answer' || !REDIRECTS.includes(answer.status)) return answered(answer);
    const { location = '' } = answer.headers;
    if (!URL.canParse(location, url)) return { is: 'loss', loss: RUNAROUND };
    const next = new URL(location, url);
    if (!isSamePlace(url, next)) return { is: 'loss', loss: redirected(next.host.slice(0, 100)) };
    return hops >= MOST_HOPS ? { is: 'loss', loss: RUNAROUND } : go(next, hops + 1);
  };

  return {
    answer: go(at, 0),
    cancel() {
      cancelled = true;
      on?.cancel();
    },
  };
}

/** The same host and port, or the same host with encryption instead of without. */
export function isSamePlace(from: URL, to: URL): boolean {
  if (from.protocol === to.protocol) return from.host === to.host;
  return from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:';
}

function answered(answer: HttpAnswer): Answered {
  if (answer.is === 'too-long') return { is: 'too-long' };
  if (answer.is === 'timeout') return { is: 'loss', loss: NO_ANSWER };
  if (answer.is === 'lost') return { is: 'loss', loss: lossOf(answer.error) };
  const { status, headers, body } = answer;
  if (status === 304 || status === 204) return { is: 'unchanged' };
  if (status !== 200 && status !== 203) return { is: 'loss', loss: lossOfStatus(status, headers['retry-after']) };
  const { etag, 'last-modified': modified } = headers;
  return {
    ...{ is: 'body', body, type: headers['content-type'] ?? '', encoding: headers['content-encoding'] ?? '' },
    validators: {
      ...(etag !== undefined && etag.length <= VALIDATOR_CHARS ? { 'if-none-match': etag } : {}),
      ...(modified !== undefined && modified.length <= VALIDATOR_CHARS ? { 'if-modified-since': modified } : {}),
    },
  };
}

/** What is shorter in an address is no key, and would take half of a refusal away. */
const KEY_CHARS = 6;

/** What is shown to the source in confidence, in each form that it could repeat; many a key stands in the address. */
export function secretsOf(config: Asked): string[] {
  const { token, password, headers } = config;
  const { search, searchParams } = new URL(config.url);
  const login = loginOf(config).authorization?.replace(/^\w+ /, '');
  const asked = [search.slice(1), ...searchParams.values(), ...search.slice(1).split(/[&=]/)];
  return [
    ...[token, password, login, ...Object.values(headers)].filter((secret) => secret !== undefined),
    ...asked.filter((part) => part.length >= KEY_CHARS),
  ];
}

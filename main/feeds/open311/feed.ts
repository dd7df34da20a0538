import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import type { Report } from '../../../core/calls/report.ts';
import { canonicalJson } from '../../../core/ledger/canonical.ts';
import { toWgs84 } from '../../../core/places/crs.ts';
import { every } from '../../clock.ts';
import type { Issue } from '../../config/issue.ts';
import { EXCERPT_CHARS, refuseOf } from '../../rejects/rejects.ts';
import { createBrake } from '../brake.ts';
import { JSON_LIMITS } from '../codecs/json-path/json.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, TakeReports } from '../feed.ts';
import { createHealth } from '../health.ts';
import { ask, type Question, secretsOf } from '../http-poll/ask.ts';
import { A_PAGE, type Loss, packed, tooLong } from '../http-poll/reasons.ts';
import { nothingOf } from '../outcome.ts';
import { discretionOf } from '../platforms/discretion.ts';
import type { Open311Config } from './config.ts';
import { type RequestOptions, readRequests, readServices } from './read.ts';
import { FULL_HALL, MANY_ANSWERS, unknownService } from './reasons.ts';
import { addressOf, halves, type Span, timeText } from './spans.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
const DAY_MS = 86_400_000;
/** A source that failed is asked again sooner than it would be, and ever more seldom, ms. */
const SOON_MS = 5000;
const SELDOM_MS = 60_000;
/** Answers of one round. */
const MOST_ANSWERS = 40;
/** Reports that are taken at a stretch: a seat's decision does not wait for a thousand. */
const AT_ONCE = 100;
/** Refusals that are remembered, as they come again at each round. */
const MOST_TOLD = 1000;
/** By which one that comes again is known: where it stands in an answer is another place each time. */
const keyOf = ({ message }: Issue, excerpt: string): string => `${message.en} ${excerpt}`;

/**
 * Asks a service of Open311 every so often for what was reported in the last days, and takes what is new of it, or says something new
 * (docs/protocols/open311.md).
 */
export function createOpen311Feed(config: Open311Config, deps: FeedDeps & { takeReports: TakeReports }): Feed {
  const { clock, log, rejects, takeReports } = deps;
  const { id, name, to, services } = config;
  const everyMs = config.every * 1000;
  const again = { firstMs: Math.min(everyMs, SOON_MS), maxMs: Math.max(everyMs, SELDOM_MS) };
  const from = { feed: id, name, to };
  const health = createHealth({ id, name, clock, silentAfter: config.silentAfter * 1000 });
  const { discreet, starred } = discretionOf(secretsOf(config));
  const brake = createBrake(clock, {
    messagesPerSecond: Number.POSITIVE_INFINITY,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  /** What services are called; null while that was not asked. */
  let names: ReadonlyMap<string, string> | null = null;
  /** What the hall has of each request, by its number. */
  let taken: ReadonlyMap<string, string> = new Map();
  const told = new Set<string>();
  let question: Question | null = null;
  let started = false;
  let isUp = false;
  let attempts = 0;
  let cancelTick = () => {};
  let cancelNext = () => {};

  const options = (): RequestOptions => ({
    ...{ kinds: config.kinds, zone: config.zone, convert: toWgs84(config.crs) },
    ...{ services: services ? new Set(services) : null, names: names ?? new Map() },
  });

  /** What was told before, and comes again at each round, is not told again. */
  const refuse = (faults: readonly (Issue & { readonly excerpt?: string })[], body?: Buffer): void => {
    const fresh = faults
      .map((fault) => ({ ...fault, excerpt: discreet(fault.excerpt ?? body?.toString('utf8', 0, 2000) ?? '') }))
      .filter((fault) => !told.has(keyOf(fault, fault.excerpt)));
    for (const fault of fresh) {
      if (told.size >= MOST_TOLD) told.clear();
      told.add(keyOf(fault, fault.excerpt));
      health.refused();
    }
    const cut = fresh.map((fault) => ({ ...fault, excerpt: fault.excerpt.slice(0, EXCERPT_CHARS) }));
    refuseOf(rejects, id, body && { bytes: starred(body) }, { faults: cut, count: cut.length });
  };

  /** An answer's bytes; null where it holds nothing that can be read, which is told. @param isCut answers whether less is asked for instead */
  const asked = async (url: URL, isCut: () => boolean = () => false): Promise<Buffer | Loss | null> => {
    question = ask(config, url, {}, clock);
    const answer = await question.answer;
    if (answer.is === 'loss') return answer.loss;
    if (!isUp) health.connected();
    isUp = true;
    attempts = 0;
    if (answer.is === 'too-long' && !isCut()) refuse([tooLong(JSON_LIMITS.bytes)]);
    if (answer.is !== 'body') return null;
    if (!/^(identity)?$/i.test(answer.encoding)) refuse([packed(answer.encoding.slice(0, 40))]);
    else if (/\bhtml\b/i.test(answer.type)) refuse([A_PAGE], answer.body);
    else return answer.body;
    return null;
  };

  const learnNames = async (): Promise<Loss | null> => {
    const body = await asked(addressOf(config.url, 'services'));
    if (body === null || 'why' in body) return body;
    const read = readServices(body);
    if ('path' in read) {
      refuse([read], body);
      return null;
    }
    names = read;
    refuse((services ?? []).filter((code) => !read.has(code)).map(unknownService));
    return null;
  };

  /** Takes what the hall does not have yet. Answers whether it has all of it then. */
  const bring = async (reports: readonly Report[], now: Map<string, string>): Promise<number | null> => {
    const fresh = reports.filter((report) => {
      const said = canonicalJson(report);
      if (taken.get(report.id) === said || now.get(report.id) === said) {
        now.set(report.id, said);
        return false;
      }
      return true;
    });
    let records = 0;
    for (let at = 0; at < fresh.length && started; at += AT_ONCE) {
      const some = fresh.slice(at, at + AT_ONCE);
      try {
        const { taken: made, left } = await takeReports(from, some);
        records += made;
        if (left > 0) {
          refuse([FULL_HALL]);
          return records;
        }
      } catch (error) {
        log.warn({ feed: id, err: error }, 'reports could not be recorded');
        return null;
      }
      for (const report of some) now.set(report.id, canonicalJson(report));
      // There is room again: the next time that there is none is told anew.
      told.delete(keyOf(FULL_HALL, ''));
    }
    return records;
  };

  /** One round: all spans of the last days. */
  const gather = async (): Promise<Loss | null> => {
    const now = new Map<string, string>();
    const since = clock.now() - config.days * DAY_MS;
    const spans: Span[] = [{ from: since, to: null }];
    for (let answers = 0; started; answers++) {
      const span = spans.shift();
      if (span === undefined) break;
      if (answers >= MOST_ANSWERS) {
        refuse([MANY_ANSWERS]);
        break;
      }
      const url = addressOf(config.url, 'requests', {
        start_date: timeText(span.from),
        ...(span.to === null ? {} : { end_date: timeText(span.to) }),
        ...(services ? { service_code: services.join(',') } : {}),
      });
      const cut = (): boolean => {
        const both = halves(span, clock.now()) ?? [];
        spans.unshift(...both);
        return both.length > 0;
      };
      const body = await asked(url, cut);
      if (body !== null && 'why' in body) return body;
      if (!started) return null;
      if (body === null) continue;
      deps.heard?.(body, '');
      const began = clock.monotonic();
      const reading = readRequests(body, options(), clock.now(), since);
      const wait = brake.took(clock.monotonic() - began, !reading.ok);
      if (!reading.ok) refuse([reading.fault], body);
      else {
        refuse(reading.faults, body);
        if (reading.count >= config.pageSize) cut();
        const records = await bring(reading.reports, now);
        if (records !== null) health.message({ sentAt: null, records, late: 0, rejected: 0 });
      }
      if (wait) await new Promise<void>((resolve) => void clock.setTimeout(resolve, wait.ms));
    }
    // What is no longer asked for is forgotten; the hall knows it by its number.
    taken = now;
    return null;
  };

  const lose = ({ why, fault, again: peace = 0 }: Loss): number => {
    isUp = false;
    const wait = Math.max(peace * 1000, backoffMs(again, attempts, spreadOf(id, attempts)));
    attempts++;
    const said = { zh: discreet(why.zh), en: discreet(why.en) };
    health.down(said, fault);
    log.warn({ feed: id, why: said.en, attempts, wait }, 'feed is down');
    return wait;
  };

  const round = async (): Promise<void> => {
    const began = clock.monotonic();
    const loss = (names === null ? await learnNames() : null) ?? (await gather());
    if (!started) return;
    const wait = loss === null ? Math.max(0, everyMs - (clock.monotonic() - began)) : lose(loss);
    cancelNext = clock.setTimeout(() => void round(), wait);
  };

  return {
    id,
    protocol: config.protocol,
    start() {
      if (started) throw new Error(`feed ${id} was started before; make a new one`);
      started = true;
      void round();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    async again({ bytes }, at) {
      if (!started) return null;
      const reading = readRequests(bytes, options(), at, 0);
      if (!reading.ok) return nothingOf(reading.fault);
      const { reports, rejected, faults } = reading;
      const { taken: made, left } = await takeReports(from, reports);
      const said = faults.map(({ path, message, remedy }) => ({ path, message, remedy }));
      return { taken: made, known: reports.length - made - left, late: 0, rejected: rejected + left, faults: said };
    },
    stop() {
      started = false;
      cancelTick();
      cancelNext();
      question?.cancel();
      return Promise.resolve();
    },
    health: () => health.view(),
    onState: (listener) => health.onState(listener),
  };
}

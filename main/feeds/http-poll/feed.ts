import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import { every } from '../../clock.ts';
import type { Issue } from '../../config/issue.ts';
import { EXCERPT_CHARS } from '../../rejects/rejects.ts';
import { createBrake } from '../brake.ts';
import { type Decoded, refused } from '../codecs/codec.ts';
import { createRowReader } from '../codecs/csv/rows.ts';
import { JSON_LIMITS } from '../codecs/json-path/json.ts';
import { createJsonReader } from '../codecs/json-path/reader.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, FeedSink } from '../feed.ts';
import { createHealth } from '../health.ts';
import { nothingOf, UNASKED } from '../outcome.ts';
import { createDelivery } from '../platforms/delivery.ts';
import { type Answered, ask, type Question, secretsOf, type Validators } from './ask.ts';
import type { HttpPollConfig } from './config.ts';
import { createNews } from './news.ts';
import { nextPage, pagesJoined } from './pages.ts';
import { A_PAGE, type Loss, MOST_PAGES, manyPages, packed, tooLong, UNREADABLE } from './reasons.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
/** A source that failed is asked again sooner than it would be, and ever more seldom, ms. */
const SOON_MS = 5000;
const SELDOM_MS = 60_000;
/**
 * Asks an address every so often, and takes its answers by where their parts stand (docs/protocols/http-poll.md).
 *
 * One question is on its way at a time. While the hall is slow, or a brake holds the feed, the next one waits.
 */
export function createHttpPollFeed(config: HttpPollConfig, deps: FeedDeps): Feed {
  const { clock, log } = deps;
  const { id, messages = [], columns } = config;
  const everyMs = config.every * 1000;
  const again = { firstMs: Math.min(everyMs, SOON_MS), maxMs: Math.max(everyMs, SELDOM_MS) };
  const health = createHealth({ id, name: config.name, clock, silentAfter: config.silentAfter * 1000 });
  const delivery = createDelivery(
    {
      ...{ id, devices: config.devices, crs: config.crs, secrets: secretsOf(config), news: createNews() },
      measures: [...messages, ...(columns ? [columns.shape] : [])].some(({ readings }) => readings.length > 0),
    },
    deps,
    health,
  );
  const read = readerOf(config, delivery.wanted);
  const brake = createBrake(clock, {
    messagesPerSecond: Number.POSITIVE_INFINITY,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  let sink: FeedSink | null = null;
  let question: Question | null = null;
  /** What the last answer that was taken whole is known by. */
  let validators: Partial<Validators> = {};
  let isUp = false;
  let attempts = 0;
  let stopped = false;
  let cancelTick = () => {};
  let cancelNext = () => {};

  /** Whatever comes, the hall does not end for it. */
  const decode = (body: Uint8Array, now: number): Decoded => {
    try {
      return read(body, now);
    } catch (err) {
      log.error({ err, feed: id }, 'an answer could not be read');
      return refused({ ...UNREADABLE, excerpt: '' });
    }
  };

  const refuse = (fault: Issue, body?: Buffer): void => {
    health.refused();
    const excerpt = body?.toString('utf8', 0, 2000) ?? '';
    delivery.reject({ ...fault, excerpt }, body && { bytes: body });
  };

  /**
   * Answers until when the next question has to wait.
   *
   * @param more pages that follow the answer
   */
  const take = (
    answer: Exclude<Answered, { is: 'loss' }>,
    more: readonly Decoded[],
    to: FeedSink,
  ): Promise<unknown> => {
    const began = clock.monotonic();
    if (!isUp) health.connected();
    isUp = true;
    attempts = 0;
    let isRefused = true;
    let slow = false;
    if (answer.is === 'unchanged') {
      isRefused = false;
      health.message({ sentAt: null, records: 0, rejected: 0, late: 0 });
    } else if (answer.is === 'too-long') refuse(tooLong(JSON_LIMITS.bytes));
    else if (!/^(identity)?$/i.test(answer.encoding)) refuse(packed(answer.encoding.slice(0, 40)));
    else if (/\bhtml\b/i.test(answer.type)) refuse(A_PAGE, answer.body);
    else {
      const decoded = pagesJoined([decode(answer.body, clock.now()), ...more]);
      // Of several pages none is the message that would be read again.
      const handed = delivery.hand(decoded, to, more.length === 0 ? { bytes: answer.body } : undefined);
      isRefused = decoded.refused > 0 && decoded.messages === 0;
      // What the hall did not let in has to come again.
      const isKnown = config.next === undefined && decoded.messages > 0 && handed.rejected === 0;
      validators = isKnown ? answer.validators : {};
      slow = handed.slow;
    }
    const wait = brake.took(clock.monotonic() - began, isRefused);
    return Promise.all([slow ? to.ready() : null, wait ? delivery.rest(wait) : null]);
  };

  const lose = ({ why, fault, again: peace = 0 }: Loss): number => {
    isUp = false;
    delivery.forget();
    const wait = Math.max(peace * 1000, backoffMs(again, attempts, spreadOf(id, attempts)));
    attempts++;
    const said = { zh: delivery.discreet(why.zh), en: delivery.discreet(why.en) };
    health.down(said, fault);
    log.warn({ feed: id, why: said.en, attempts, wait }, 'feed is down');
    return wait;
  };

  /** What follows the first page, each read when it is there; why, where one could not be had, as the answer is not whole then. */
  const pagesAfter = async (body: Buffer, from: URL): Promise<Decoded[] | Loss> => {
    const pages: Decoded[] = [];
    const { next: where, encoding } = config;
    if (where === undefined) return pages;
    for (let [last, at] = [body, from]; ; ) {
      const page = nextPage(where, last, encoding, at);
      if (page === null || stopped) return pages;
      if ('path' in page || pages.length + 1 >= MOST_PAGES) {
        refuse('path' in page ? page : manyPages(where.text));
        return pages;
      }
      question = ask(config, page, {}, clock);
      const answer = await question.answer;
      if (answer.is === 'loss') return answer.loss;
      if (answer.is === 'too-long') refuse(tooLong(JSON_LIMITS.bytes));
      if (answer.is !== 'body') return pages;
      deps.heard?.(answer.body, '');
      pages.push(decode(answer.body, clock.now()));
      [last, at] = [answer.body, page];
    }
  };

  const poll = async (): Promise<void> => {
    const began = clock.monotonic();
    const url = new URL(config.url);
    question = ask(config, url, validators, clock);
    const answer = await question.answer;
    if (stopped || sink === null) return;
    if (answer.is === 'loss') {
      next(lose(answer.loss));
      return;
    }
    if (answer.is === 'body') deps.heard?.(answer.body, '');
    const more = answer.is === 'body' ? await pagesAfter(answer.body, url) : [];
    if (stopped || sink === null) return;
    if ('why' in more) {
      next(lose(more));
      return;
    }
    await take(answer, more, sink);
    if (stopped) return;
    health.braked(null);
    next(Math.max(0, everyMs - (clock.monotonic() - began)));
  };

  const next = (ms: number): void => {
    cancelNext = clock.setTimeout(() => void poll(), ms);
  };

  return {
    id,
    protocol: config.protocol,
    start(to) {
      if (sink !== null) throw new Error(`feed ${id} was started before; make a new one`);
      sink = to;
      void poll();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    again({ bytes }, at) {
      if (sink === null) return null;
      const decoded = decode(bytes, at);
      if (decoded.records.length + decoded.refused === 0) return nothingOf(UNASKED);
      return delivery.again(decoded, sink);
    },
    stop() {
      stopped = true;
      sink = null;
      cancelTick();
      cancelNext();
      question?.cancel();
      return Promise.resolve();
    },
    health: () => delivery.view(),
    onState: (listener) => health.onState(listener),
  };
}

/** Reads an answer by what the file says it is. */
function readerOf(
  { messages = [], columns, encoding, zone: offsetMinutes }: HttpPollConfig,
  wanted: (device: string, item: string) => boolean,
): (body: Uint8Array, now: number) => Decoded {
  if (columns === undefined) {
    const read = createJsonReader({ shapes: messages, encoding, offsetMinutes, wanted });
    return (payload, now) => read({ topic: '', payload, retained: false }, now);
  }
  const table = createRowReader({ table: columns, offsetMinutes, wanted });
  return (body, now) => {
    const read = table.rows(body);
    return 'fault' in read
      ? refused({ ...read.fault, excerpt: Buffer.from(body.subarray(0, EXCERPT_CHARS)).toString() })
      : table.read(read.rows, '', now);
  };
}

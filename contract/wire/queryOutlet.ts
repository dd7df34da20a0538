import type { QuerySpec } from '../define.ts';
import { ContractError, firstIssue } from '../errors.ts';
import type { QueryName } from '../index.ts';
import { isLonger } from './frames.ts';
import { type Page, patchBody, rowsBody } from './page.ts';
import { createRate } from './rate.ts';
import { needRight } from './rights.ts';
import type { Caller, Shared } from './served.ts';

/** The queries of one window. */
export interface QueryOutlet {
  /** @param chars how long the frame was that asks for it */
  open(id: number, query: string, params: unknown, chars: number, caller: Caller): void;
  stop(id: number): void;
  /** Sends what has changed on pages, as far as the window has read on. */
  drain(): void;
  waiting(): boolean;
  close(): void;
}

interface Open {
  readonly id: number;
  version: number;
  /** The page that the window has, when it has read all it was sent. */
  sent: Page | null;
  /** The newest page; what came between the two is never sent. */
  newest: Page | null;
  stop: (() => void) | null;
}

/** Sends the first page of each query, then what is another on it since what the window was sent last. */
export function createQueryOutlet(options: {
  shared: Shared;
  send: (frame: string) => void;
  /** Whether the window has read enough for more. */
  mayRead: () => boolean;
  /** Asks for a `drain()` in a while. */
  wait: () => void;
  /** Hears of a query that the caller has no right to. */
  forbidden: (error: ContractError, query: string) => void;
}): QueryOutlet {
  const { shared, mayRead } = options;
  const { limits, stats } = shared;
  const { queries } = shared.options.contract;
  const opened = createRate(shared.options.clock, limits.queries);
  const all = new Map<number, Open>();
  const behind = new Set<Open>();

  function stop(id: number): void {
    const query = all.get(id);
    if (!query) return;
    all.delete(id);
    behind.delete(query);
    query.stop?.();
  }

  function end(id: number, error: ContractError): void {
    stop(id);
    options.send(JSON.stringify({ t: 'unrows', id, e: error.toWire() }));
  }

  function bodyOf({ sent, newest }: Open): [t: string, body: string | null] {
    if (!newest) return ['rows', null];
    return sent ? ['patch', patchBody(sent, newest)] : ['rows', rowsBody(newest)];
  }

  function tell(query: Open): void {
    behind.delete(query);
    const [t, body] = bodyOf(query);
    if (body === null) return;
    if (isLonger(body, limits.pageBytes)) {
      const says = `the page is longer than ${limits.pageBytes} bytes; ask for fewer rows`;
      end(query.id, new ContractError('too-large', says));
      return;
    }
    query.sent = query.newest;
    stats.pagesSent++;
    options.send(`{"t":"${t}","id":${query.id},"v":${query.version++},${body}}`);
  }

  function heard(query: Open, page: Page): void {
    if (all.get(query.id) !== query) return;
    query.newest = page;
    if (mayRead()) tell(query);
    else {
      behind.add(query);
      options.wait();
    }
  }

  function start(query: Open, name: string, spec: QuerySpec, params: unknown, caller: Caller): void {
    try {
      needRight(caller, spec.right);
      const read = spec.params.safeParse(params ?? {});
      if (!read.success) {
        const { field, message } = firstIssue(read.error);
        throw new ContractError('bad-request', `${name}: ${field || 'params'}: ${message}`, { field });
      }
      // The name ties query and params together; the compiler cannot follow it through the union.
      query.stop = shared.options.queries.open(name as QueryName, read.data as never, {
        page: (page) => heard(query, page),
        end(cause) {
          if (all.get(query.id) === query) fail(query.id, name, cause);
        },
      });
      if (all.get(query.id) !== query) query.stop(); // It ended while it was opened.
    } catch (cause) {
      fail(query.id, name, cause);
    }
  }

  function fail(id: number, name: string, cause: unknown): void {
    const error = cause instanceof ContractError ? cause : shared.reference(cause, name);
    if (error.code === 'forbidden') options.forbidden(error, name);
    if (error.code === 'bad-response') {
      const say = (facts: object, words: string) => shared.options.log.error(facts, words);
      shared.rare.say(error.code, name, say, { query: name, field: error.field }, error.message);
    }
    end(id, error);
  }

  function refusal(name: string, chars: number): ContractError | null {
    if (chars > limits.queryChars)
      return new ContractError('too-large', `${name}: the query is longer than ${limits.queryChars} characters`);
    const most = all.size >= limits.queries;
    if (!most && opened.take()) return null;
    stats.limited++;
    if (most) return new ContractError('refused', `${limits.queries} queries are open already; close one first`);
    return new ContractError('busy', `more than ${limits.queries} queries a second; ask again later`);
  }

  return {
    open(id, name, params, chars, caller) {
      if (all.has(id)) throw new ContractError('bad-request', `query ${id} is open already`);
      const spec = Object.hasOwn(queries, name) ? queries[name] : undefined;
      if (!spec) {
        end(id, new ContractError('not-found', `no query "${name}"; reload this window`));
        return;
      }
      const refused = refusal(name, chars);
      if (refused) {
        end(id, refused);
        return;
      }
      const query: Open = { id, version: 0, sent: null, newest: null, stop: null };
      all.set(id, query);
      start(query, name, spec, params, caller);
    },
    stop,
    drain() {
      for (const query of [...behind]) {
        if (!mayRead()) return;
        tell(query);
      }
    },
    waiting: () => behind.size > 0,
    close() {
      for (const id of [...all.keys()]) stop(id);
    },
  };
}

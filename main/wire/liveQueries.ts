import type { z } from 'zod';
import { queries as contract, type QueryName, type QueryRow } from '../../contract/index.ts';
import { type Answer, type Page, pageOf } from '../../contract/wire/page.ts';
import type { Queries, QuerySink } from '../../contract/wire/served.ts';
import type { Clock } from '../clock.ts';

/** An answer that stands is looked for again this long after it was, when what it is made of has changed. */
const AGAIN_MS = 100;
/** So many times as long as an answer took it is not asked for again. */
const PAUSE = 2;

type Wanted<Q extends QueryName> = z.output<(typeof contract)[Q]['params']>;

interface Reads<Q extends QueryName> {
  /**
   * What its answers are made of: tables of the views, subjects, or a feature's own name for what it keeps in memory. Of one thing, asked again
   * at each answer: what it leads to may have come.
   */
  readonly reads: readonly string[] | ((params: Wanted<Q>) => readonly string[]);
}

/** Answers a list of the contract. */
export interface ListAnswerer<Q extends QueryName> extends Reads<Q> {
  /** @throws ContractError with a sentence for a person */
  answer(params: Wanted<Q>): Answer<QueryRow<Q>> | Promise<Answer<QueryRow<Q>>>;
}

/** Answers a query for one thing. */
export interface OneAnswerer<Q extends QueryName> extends Reads<Q> {
  /**
   * Answers from memory, at each change of what it reads and before that is over: so that whoever decided something is answered after
   * everybody sees it.
   */
  atOnce(params: Wanted<Q>): Answer<QueryRow<Q>>;
}

/** Answers one query of the contract. */
export type Answerer<Q extends QueryName> = ListAnswerer<Q> | OneAnswerer<Q>;

/** One answerer for every query of the contract. */
export type Answerers = { readonly [Q in QueryName]: Answerer<Q> };

/** The contract's queries, answered as long as somebody looks. */
export interface LiveQueries extends Queries {
  /** Something that answers are made of is another. */
  changed(what: Iterable<string>): void;
  close(): void;
}

/** One query, whoever looks at it. */
interface Live {
  join(sink: QuerySink): () => void;
  changed(): void;
  close(): void;
}

/**
 * All that ask the same share one answer. It is asked for again when what it is made of has changed: ten times a second at most, and
 * less often when it takes long; what is answered at once, each time. Nothing is done for a query that nobody looks at.
 */
export function createLiveQueries({ clock, answerers }: { clock: Clock; answerers: Answerers }): LiveQueries {
  const all = new Map<string, Live>();
  /** By what they read. */
  const readers = new Map<string, Set<Live>>();

  function start<Q extends QueryName>(key: string, name: Q, params: Wanted<Q>): Live {
    const answerer = answerers[name];
    const readsNow = () => (typeof answerer.reads === 'function' ? answerer.reads(params) : answerer.reads);
    let reads: readonly string[] = [];
    const sinks = new Set<QuerySink>();
    let page: Page | undefined;
    let running = false;
    let stale = false;
    let over = false;
    let notBefore = 0;
    let cancel: (() => void) | null = null;

    async function look(answer: () => Answer<QueryRow<Q>> | Promise<Answer<QueryRow<Q>>>): Promise<void> {
      running = true;
      stale = false;
      const began = clock.monotonic();
      try {
        await null; // So that whoever opens it is among those who are told.
        const answered = await answer();
        if (!over) tell(pageOf(name, contract[name], answered, page));
      } catch (cause) {
        fail(cause);
      }
      running = false;
      const now = clock.monotonic();
      notBefore = Math.max(began + AGAIN_MS, now + (now - began) * PAUSE);
      if (stale) plan(answer);
    }

    function plan(answer: () => Answer<QueryRow<Q>> | Promise<Answer<QueryRow<Q>>>): void {
      stale = true;
      if (running || over) return;
      const go = () => {
        cancel = null;
        void look(answer);
      };
      cancel ??= clock.setTimeout(go, Math.max(0, notBefore - clock.monotonic()));
    }

    function lookAtOnce(answer: () => Answer<QueryRow<Q>>): void {
      try {
        read(readsNow());
        tell(pageOf(name, contract[name], answer(), page));
      } catch (cause) {
        fail(cause);
      }
    }

    function tell(next: Page): void {
      page = next;
      for (const sink of [...sinks]) sink.page(next);
    }

    /** Its windows are told once, and ask again when it can pass; nobody is left with an old page that looks new. */
    function fail(cause: unknown): void {
      const told = [...sinks];
      close();
      for (const sink of told) sink.end(cause);
    }

    /** From now on these are what its answers are made of. */
    function read(now: readonly string[]): void {
      for (const what of reads) {
        const those = readers.get(what);
        those?.delete(live);
        if (those?.size === 0) readers.delete(what);
      }
      for (const what of now) readers.set(what, (readers.get(what) ?? new Set()).add(live));
      reads = now;
    }

    function close(): void {
      over = true;
      cancel?.();
      sinks.clear();
      if (all.get(key) !== live) return;
      all.delete(key);
      read([]);
    }

    const live: Live = {
      join(sink) {
        sinks.add(sink);
        if (page) sink.page(page);
        else if ('atOnce' in answerer) lookAtOnce(() => answerer.atOnce(params));
        return () => {
          if (sinks.delete(sink) && sinks.size === 0) close();
        };
      },
      changed() {
        if ('atOnce' in answerer) lookAtOnce(() => answerer.atOnce(params));
        else plan(() => answerer.answer(params));
      },
      close,
    };
    all.set(key, live);
    read(readsNow());
    if ('answer' in answerer) void look(() => answerer.answer(params));
    return live;
  }

  return {
    open(name, params, sink) {
      const key = `${name} ${JSON.stringify(params)}`;
      return (all.get(key) ?? start(key, name, params)).join(sink);
    },
    changed(what) {
      const those = new Set<Live>();
      for (const name of what) for (const live of readers.get(name) ?? []) those.add(live);
      for (const live of those) live.changed();
    },
    close() {
      for (const live of [...all.values()]) live.close();
    },
  };
}

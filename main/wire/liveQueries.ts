import type { z } from 'zod';
import { queries as contract, type QueryName, type QueryRow } from '../../contract/index.ts';
import { type Answer, type Page, pageOf } from '../../contract/wire/page.ts';
import type { Queries, QuerySink } from '../../contract/wire/served.ts';
import type { Clock } from '../clock.ts';

/** An answer that stands is looked for again this long after it was, when what it is made of has changed. */
const AGAIN_MS = 100;
/** So many times as long as an answer took it is not asked for again. */
const PAUSE = 2;

/** Answers one query of the contract. */
export interface Answerer<Q extends QueryName> {
  /** What its answers are made of: tables of the views, or a feature's own name for what it keeps in memory. */
  readonly reads: readonly string[];
  /** @throws ContractError with a sentence for a person */
  answer(params: z.output<(typeof contract)[Q]['params']>): Answer<QueryRow<Q>> | Promise<Answer<QueryRow<Q>>>;
}

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
  readonly reads: readonly string[];
  join(sink: QuerySink): () => void;
  changed(): void;
  close(): void;
}

/**
 * All that ask the same share one answer. It is asked for again when what it is made of has changed: ten times a second at most, and
 * less often when it takes long. Nothing is done for a query that nobody looks at.
 */
export function createLiveQueries({ clock, answerers }: { clock: Clock; answerers: Answerers }): LiveQueries {
  const all = new Map<string, Live>();

  function start<Q extends QueryName>(key: string, name: Q, params: z.output<(typeof contract)[Q]['params']>): Live {
    const { reads, answer } = answerers[name];
    const sinks = new Set<QuerySink>();
    let page: Page | undefined;
    let running = false;
    let stale = false;
    let over = false;
    let notBefore = 0;
    let cancel: (() => void) | null = null;

    async function look(): Promise<void> {
      running = true;
      stale = false;
      const began = clock.monotonic();
      try {
        await null; // So that whoever opens it is among those who are told.
        const answered = await answer(params);
        if (!over) tell(pageOf(name, contract[name], answered, page));
      } catch (cause) {
        // Its windows are told once, and ask again when it can pass; nobody is left with an old page that looks new.
        const told = [...sinks];
        close();
        for (const sink of told) sink.end(cause);
      }
      running = false;
      const now = clock.monotonic();
      notBefore = Math.max(began + AGAIN_MS, now + (now - began) * PAUSE);
      if (stale) plan();
    }

    function tell(next: Page): void {
      page = next;
      for (const sink of [...sinks]) sink.page(next);
    }

    function plan(): void {
      stale = true;
      if (running || over) return;
      const go = () => {
        cancel = null;
        void look();
      };
      cancel ??= clock.setTimeout(go, Math.max(0, notBefore - clock.monotonic()));
    }

    function close(): void {
      over = true;
      cancel?.();
      sinks.clear();
      if (all.get(key) === live) all.delete(key);
    }

    const live: Live = {
      reads,
      join(sink) {
        sinks.add(sink);
        if (page) sink.page(page);
        return () => {
          if (sinks.delete(sink) && sinks.size === 0) close();
        };
      },
      changed: plan,
      close,
    };
    all.set(key, live);
    void look();
    return live;
  }

  return {
    open(name, params, sink) {
      const key = `${name} ${JSON.stringify(params)}`;
      return (all.get(key) ?? start(key, name, params)).join(sink);
    },
    changed(what) {
      const names = new Set(what);
      for (const live of all.values()) if (live.reads.some((name) => names.has(name))) live.changed();
    },
    close() {
      for (const live of [...all.values()]) live.close();
    },
  };
}

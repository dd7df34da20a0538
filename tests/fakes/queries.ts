import { ContractError } from '../../contract/errors.ts';
import type { QueryName } from '../../contract/index.ts';
import { queries } from '../../contract/index.ts';
import { type Answer, type Page, pageOf } from '../../contract/wire/page.ts';
import type { Queries, QuerySink } from '../../contract/wire/served.ts';

/** A hall that answers no query. */
export const noQueries: Queries = {
  open() {
    throw new ContractError('unavailable', 'no query is answered in this test');
  },
};

/** Queries that a test answers by hand: everyone who asks is told what was put last, and what is put afterwards. */
export interface HandQueries extends Queries {
  /** Answers all that ask for it. */
  put(name: QueryName, answer: Answer<object>): void;
  fail(cause: unknown): void;
  /** What was asked for, and is still. */
  readonly asked: readonly { readonly name: QueryName; readonly params: unknown }[];
}

export function createHandQueries(): HandQueries {
  const asked: { name: QueryName; params: unknown; sink: QuerySink }[] = [];
  const pages = new Map<QueryName, Page>();
  return {
    asked,
    open(name, params, sink) {
      const one = { name, params, sink };
      asked.push(one);
      const page = pages.get(name);
      if (page) sink.page(page);
      return () => void asked.splice(asked.indexOf(one), 1);
    },
    put(name, answer) {
      const page = pageOf(name, queries[name], answer, pages.get(name));
      pages.set(name, page);
      for (const one of [...asked]) if (one.name === name) one.sink.page(page);
    },
    fail(cause) {
      for (const { sink } of asked.splice(0)) sink.end(cause);
    },
  };
}

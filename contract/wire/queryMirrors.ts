import { ContractError, firstIssue } from '../errors.ts';
import { type QueryName, type QueryParams, type QueryRow, queries } from '../index.ts';
import type { WireClock } from './clock.ts';
import type { HallFrame, PatchFrame, RowsFrame, Total } from './frames.ts';
import { patched } from './page.ts';
import type { Violation } from './topicMirrors.ts';

/** What a window knows of a query. The same object until something in it changes; a row that did not change is the same object. */
export interface QueryState<Q extends QueryName> {
  /** The page, in order; null until the first has come. While the connection is lost the last one stays. */
  readonly rows: readonly QueryRow<Q>[] | null;
  readonly total: Total;
  /** `after` of the next page; null when this is the last. */
  readonly more: string | null;
  /** Whether the rows are the hall's present ones. */
  readonly fresh: boolean;
  /** Why the hall does not answer it, or not any more. */
  readonly error: ContractError | null;
}

/** The queries a window has open, kept equal to the hall's. */
export interface QueryMirrors {
  query<Q extends QueryName>(name: Q, params: QueryParams<Q>, listener: (state: QueryState<Q>) => void): () => void;
  known<Q extends QueryName>(name: Q, params: QueryParams<Q>): QueryState<Q>;
  opened(): void;
  lost(): void;
  rows(frame: RowsFrame): void;
  patch(frame: PatchFrame): void;
  ended(frame: Extract<HallFrame, { t: 'unrows' }>): void;
  close(): void;
}

interface Mirror {
  readonly name: QueryName;
  readonly params: unknown;
  id: number;
  version: number;
  /** In order. Null is one that breaks its schema: it keeps its place and is not shown. */
  rows: ReadonlyMap<string, object | null>;
  state: QueryState<QueryName>;
  readonly listeners: Set<(state: QueryState<QueryName>) => void>;
  /** Ends the wait before the hall is told that nobody looks any more, or before it is asked again. */
  cancel: () => void;
  /** Tries since the last page. */
  tries: number;
}

const NONE: QueryState<QueryName> = {
  rows: null,
  total: { count: 0, exact: true },
  more: null,
  fresh: false,
  error: null,
};
const keyOf = (name: QueryName, params: unknown) => `${name} ${JSON.stringify(params)}`;

/** What a hall may do another time, although it does not now. */
const PASSING: ReadonlySet<string> = new Set(['busy', 'unavailable']);
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/** Keeps one mirror for all that ask the same, and a moment longer than they look. */
export function createQueryMirrors(options: {
  send: (frame: object) => void;
  clock: WireClock;
  lingerMs: number;
  onViolation: (violation: Violation) => void;
}): QueryMirrors {
  const { send, clock, lingerMs, onViolation } = options;
  const asked = new Map<string, Mirror>();
  const byId = new Map<number, Mirror>();
  let nextId = 1;

  /** Asks the hall under a new id, so that nothing that still comes for an earlier one is taken for an answer. */
  function ask(mirror: Mirror): void {
    if (byId.delete(mirror.id)) send({ t: 'unquery', id: mirror.id });
    mirror.id = nextId++;
    byId.set(mirror.id, mirror);
    send({ t: 'query', id: mirror.id, q: mirror.name, p: mirror.params });
  }

  function become(mirror: Mirror, change: Partial<QueryState<QueryName>>): void {
    mirror.state = { ...mirror.state, ...change };
    const errors: unknown[] = [];
    for (const listener of [...mirror.listeners]) {
      try {
        listener(mirror.state);
      } catch (error) {
        errors.push(error);
      }
    }
    // One broken screen must not keep the others from hearing; its error still gets out.
    if (errors.length > 0) throw errors[0];
  }

  /** The rows that fit the query's schema, and null for those that are reported because they don't. */
  function read({ name }: Mirror, entries: RowsFrame['rows']): Map<string, object | null> {
    const rows = new Map<string, object | null>();
    for (const [key, value] of entries) {
      const row = queries[name].row.safeParse(value);
      rows.set(key, row.success ? (row.data as object) : null);
      if (row.success) continue;
      const { field, message } = firstIssue(row.error);
      const says = `${name}/${key}: ${field || 'row'}: ${message}`;
      onViolation({ topic: null, key, error: { code: 'bad-response', message: says, field: `${name}.${field}` } });
    }
    return rows;
  }

  function show(mirror: Mirror, rows: Mirror['rows'], rest: Pick<QueryState<QueryName>, 'total' | 'more'>): void {
    mirror.rows = rows;
    mirror.tries = 0;
    const shown = [...rows.values()].filter((row) => row !== null) as QueryRow<QueryName>[];
    become(mirror, { rows: shown, ...rest, fresh: true, error: null });
  }

  function leave(key: string, mirror: Mirror): void {
    mirror.cancel();
    asked.delete(key);
    if (byId.delete(mirror.id)) send({ t: 'unquery', id: mirror.id });
  }

  return {
    query<Q extends QueryName>(name: Q, params: QueryParams<Q>, listener: (state: QueryState<Q>) => void) {
      const key = keyOf(name, params);
      const known = asked.get(key);
      const mirror: Mirror = known ?? {
        name,
        params,
        id: 0,
        version: 0,
        rows: new Map(),
        state: NONE,
        listeners: new Set(),
        cancel() {},
        tries: 0,
      };
      if (!known) {
        asked.set(key, mirror);
        ask(mirror);
      } else if (mirror.listeners.size === 0) {
        mirror.cancel();
        if (mirror.state.error) ask(mirror);
      }
      // Rows of a query were read with that query's schema; the map of all queries cannot say so.
      const heard = (state: QueryState<QueryName>) => listener(state as unknown as QueryState<Q>);
      mirror.listeners.add(heard);
      heard(mirror.state);
      return () => {
        if (!mirror.listeners.delete(heard) || mirror.listeners.size > 0) return;
        mirror.cancel();
        mirror.cancel = clock.setTimeout(() => leave(key, mirror), lingerMs);
      };
    },
    known: <Q extends QueryName>(name: Q, params: QueryParams<Q>) =>
      (asked.get(keyOf(name, params))?.state ?? NONE) as unknown as QueryState<Q>,
    opened() {
      for (const mirror of asked.values()) {
        if (mirror.listeners.size > 0) mirror.cancel();
        ask(mirror);
      }
    },
    lost() {
      byId.clear();
      for (const mirror of asked.values()) if (mirror.state.fresh) become(mirror, { fresh: false });
    },
    rows(frame) {
      const mirror = byId.get(frame.id);
      if (!mirror) return;
      mirror.version = frame.v;
      const before = new Map(Array.from(mirror.rows, ([key, row]) => [key, JSON.stringify(row)]));
      const rows = read(mirror, frame.rows);
      for (const [key, row] of rows) {
        const same = before.get(key) === JSON.stringify(row) ? mirror.rows.get(key) : undefined;
        if (same) rows.set(key, same);
      }
      show(mirror, rows, { total: frame.total, more: frame.more });
    },
    patch(frame) {
      const mirror = byId.get(frame.id);
      if (!mirror) return;
      if (frame.v !== mirror.version + 1 || mirror.state.rows === null) {
        ask(mirror);
        become(mirror, { fresh: false });
        return;
      }
      mirror.version = frame.v;
      const { total = mirror.state.total, more = mirror.state.more } = frame;
      show(mirror, patched(mirror.rows, frame, read(mirror, frame.set)), { total, more });
    },
    ended({ id, e }) {
      const mirror = byId.get(id);
      if (!mirror) return;
      byId.delete(id);
      if (PASSING.has(e.code) && mirror.listeners.size > 0) {
        const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(mirror.tries++, 10));
        mirror.cancel = clock.setTimeout(() => ask(mirror), wait);
      }
      become(mirror, { fresh: false, error: new ContractError(e.code, e.message, { field: e.field }) });
    },
    close() {
      for (const mirror of asked.values()) mirror.cancel();
    },
  };
}

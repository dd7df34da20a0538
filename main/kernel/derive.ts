import type { Documents } from '../../core/ledger/documents.ts';
import { kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { type Folded, foldSubject } from '../../core/ledger/projection.ts';
import { own } from '../../core/own.ts';
import type { ForeignCount } from './foreign.ts';
import type { Kind } from './kind.ts';
import type { EventRows, ReadModel } from './readModel.ts';
import type { ForeignRow, StateRow, ViewsWriter } from './viewsStore.ts';

/** By table: the subjects, or the ids of the events, whose rows are others than before. */
export type Changed = ReadonlyMap<string, ReadonlySet<string>>;

/** Writes into one open file what follows from states and events. */
export interface Put {
  /** @param of how many events, where everything is made: what is over and is of few is folded again by whoever needs it */
  state(subject: string, folded: Folded<unknown>, of?: number): void;
  events(events: readonly LedgerEvent[]): void;
  /** The same of events that lie in a table, which nobody is told of. Answers what is to be done when the rows of all of them are there. */
  eventRows(rows: EventRows): () => void;
  foreign(rows: readonly ForeignRow[]): void;
  /** What was written since it was asked the last time. */
  changed(): Changed;
  /** What was written since is not there: it was rolled back. */
  takenBack(): void;
}

/** What read models declare, joined. */
interface Declares {
  /** Made first. */
  readonly tables: string;
  /** Each made when the rows are there. */
  readonly indexes: readonly string[];
}

/** What follows from the ledger: states, and the rows of read models. */
export interface Derive {
  /** Names what does the deriving: what another stamp made is made anew. */
  readonly stamp: string;
  /** Of read models that show states. */
  readonly ofStates: Declares;
  /** Of those that show events; null where none does. */
  readonly ofEvents: Declares | null;
  /** Undefined for a kind that this version does not know. */
  fold(subject: string, events: readonly LedgerEvent[]): Folded<unknown> | undefined;
  /**
   * @param options.noting false where nobody asks for what changed, because everything is made
   * @param options.of `states` for a file that has no tables of events
   */
  into(db: ViewsWriter, options?: { noting: boolean; of?: 'states' }): Put;
}

/** So many events are folded within a millisecond. */
const FEW = 64;

export function createDerive(options: {
  kinds: readonly Kind<unknown>[];
  models: readonly ReadModel[];
  /** Of the program: another one may fold otherwise. */
  version: string;
  foreign: Pick<ForeignCount, 'add'>;
  documents: Documents;
}): Derive {
  const { kinds, models, version, foreign, documents } = options;
  const byKind = Object.fromEntries(kinds.map((kind) => [kind.aggregate.kind, kind]));
  const folds = Object.fromEntries(
    kinds.map(({ aggregate }) => [aggregate.kind, foldSubject(aggregate, foreign.add, documents)] as const),
  );
  const made = [version, Object.keys(byKind), models.map((model) => [model.name, model.version])];

  const ofStates = models.filter((model) => model.kind !== undefined);
  const ofEvents = models.filter((model) => model.kind === undefined);
  const declares = (some: readonly ReadModel[]): Declares => ({
    tables: some.map((model) => model.tables).join('\n'),
    indexes: some.flatMap((model) => model.indexes),
  });

  const rowOf = (subject: string, { state, last }: Folded<unknown>, of: number): StateRow | undefined => {
    const kind = own(byKind, kindOf(subject));
    if (!kind) return undefined;
    const open = kind.goesOn(state) ? 1 : 0;
    return {
      ...{ subject, kind: kind.aggregate.kind, open, over: kind.overAt(state) },
      ...{ hlc: last.hlc, stream: last.stream, station: last.station, seq: last.seq },
      state: open === 0 && of <= FEW ? null : JSON.stringify(state),
    };
  };

  return {
    stamp: JSON.stringify(made),
    ofStates: declares(ofStates),
    ofEvents: ofEvents.length === 0 ? null : declares(ofEvents),
    fold(subject, events) {
      const fold = own(folds, kindOf(subject));
      if (fold) return fold(subject, events);
      events.forEach(foreign.add);
      return undefined;
    },
    into(db, { noting, of } = { noting: true }) {
      const shown = of === 'states' ? ofStates : models;
      const writers = shown.map(({ name, kind, writer }) => ({ name, kind, ...writer(db) }));
      let changed = new Map<string, Set<string>>();
      const note = (table: string, key: string): void => {
        if (!noting) return;
        const keys = changed.get(table);
        if (keys) keys.add(key);
        else changed.set(table, new Set([key]));
      };
      const showsEvents = writers.some(({ events }) => events);
      const eventRows = (rows: EventRows): (() => void) => {
        const rest = writers.map(({ events }) => events?.(rows));
        return () => {
          for (const each of rest) each?.();
        };
      };
      return {
        state(subject, folded, of = Number.POSITIVE_INFINITY) {
          const row = rowOf(subject, folded, of);
          if (!row) return;
          db.putState(row);
          for (const { name, kind, state } of writers) {
            if (kind !== row.kind || !state) continue;
            state(subject, folded.state);
            note(name, subject);
          }
        },
        events(events) {
          if (events.length === 0 || !showsEvents) return;
          db.arrive(events, (rows) => eventRows(rows)());
          for (const { name, events: add } of writers) if (add) for (const { id } of events) note(name, id);
        },
        eventRows,
        foreign(rows) {
          for (const row of rows) db.putForeign(row);
        },
        changed() {
          const until = changed;
          changed = new Map();
          return until;
        },
        takenBack() {
          changed = new Map();
        },
      };
    },
  };
}

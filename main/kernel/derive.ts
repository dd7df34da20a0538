import type { Documents } from '../../core/ledger/documents.ts';
import { kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { type Folded, foldSubject } from '../../core/ledger/projection.ts';
import { own } from '../../core/own.ts';
import type { ForeignCount } from './foreign.ts';
import type { Kind } from './kind.ts';
import type { ReadModel } from './readModel.ts';
import type { ForeignRow, StateRow, ViewsWriter } from './viewsStore.ts';

/** By table: the subjects, or the ids of the events, whose rows are others than before. */
export type Changed = ReadonlyMap<string, ReadonlySet<string>>;

/** Writes into one open file what follows from states and events. */
export interface Put {
  state(subject: string, folded: Folded<unknown>): void;
  /** The same from the row that another thread made of it. */
  row(row: StateRow): void;
  event(event: LedgerEvent): void;
  foreign(rows: readonly ForeignRow[]): void;
  /** What was written since it was asked the last time. */
  changed(): Changed;
}

/** What follows from the ledger: states, and the rows of read models. */
export interface Derive {
  /** Names what does the deriving: what another stamp made is made anew. */
  readonly stamp: string;
  readonly tables: string;
  readonly indexes: string;
  /** Whether any read model shows events. */
  readonly ofEvents: boolean;
  /** Undefined for a kind that this version does not know. */
  fold(subject: string, events: readonly LedgerEvent[]): Folded<unknown> | undefined;
  /** As it is put down; undefined for a kind that this version does not know. */
  rowOf(subject: string, folded: Folded<unknown>): StateRow | undefined;
  /** @param options.noting false where nobody asks for what changed, because everything is made */
  into(db: ViewsWriter, options?: { noting: boolean }): Put;
}

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

  const rowOf = (subject: string, { state, last }: Folded<unknown>): StateRow | undefined => {
    const kind = own(byKind, kindOf(subject));
    return (
      kind && {
        subject,
        kind: kind.aggregate.kind,
        open: kind.goesOn(state) ? 1 : 0,
        over: kind.overAt(state),
        ...{ hlc: last.hlc, stream: last.stream, station: last.station, seq: last.seq },
        state: JSON.stringify(state),
      }
    );
  };

  return {
    stamp: JSON.stringify(made),
    tables: models.map((model) => model.tables).join('\n'),
    indexes: models.map((model) => model.indexes).join('\n'),
    ofEvents: models.some((model) => model.kind === undefined),
    fold(subject, events) {
      const fold = own(folds, kindOf(subject));
      if (fold) return fold(subject, events);
      events.forEach(foreign.add);
      return undefined;
    },
    rowOf,
    into(db, { noting } = { noting: true }) {
      const writers = models.map(({ name, kind, writer }) => ({ name, kind, ...writer(db) }));
      let changed = new Map<string, Set<string>>();
      const note = (table: string, key: string): void => {
        if (!noting) return;
        const keys = changed.get(table);
        if (keys) keys.add(key);
        else changed.set(table, new Set([key]));
      };
      const show = ({ subject, kind }: StateRow, stateOf: () => unknown): void => {
        for (const { name, kind: of, state } of writers) {
          if (of !== kind || !state) continue;
          state(subject, stateOf());
          note(name, subject);
        }
      };
      return {
        state(subject, folded) {
          const row = rowOf(subject, folded);
          if (!row) return;
          db.putState(row);
          show(row, () => folded.state);
        },
        row(row) {
          db.putState(row);
          show(row, () => JSON.parse(row.state));
        },
        event(event) {
          for (const { name, event: add } of writers) {
            if (!add) continue;
            add(event);
            note(name, event.id);
          }
        },
        foreign(rows) {
          for (const row of rows) db.putForeign(row);
        },
        changed() {
          const until = changed;
          changed = new Map();
          return until;
        },
      };
    },
  };
}

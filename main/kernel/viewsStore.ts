import type { ChainHead } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Folded } from '../../core/ledger/projection.ts';
import type { EventRows, ModelDb } from './readModel.ts';

/** The state of one aggregate as it was put down; `state` is JSON. */
export interface StateRow {
  subject: string;
  kind: string;
  /** Whether it goes on: 1, 0. */
  open: number;
  /** Wall time at which it was over, for those that windows are told of a while longer; null for all others. */
  over: number | null;
  hlc: string;
  stream: string;
  station: string;
  seq: number;
  /** Null where it is folded again by whoever needs it. */
  state: string | null;
}

/** A state, by its subject. */
export type FoldedOf = readonly [subject: string, folded: Folded<unknown>];

/** Undefined where it has to be folded again. */
export function folded({ hlc, stream, station, seq, state }: StateRow): Folded<unknown> | undefined {
  return state === null ? undefined : { state: JSON.parse(state), last: { hlc, stream, station, seq } };
}

/** Where changed states come from: what is folded and not put down yet. */
export interface StateSource {
  unsaved(): Iterable<FoldedOf>;
  saved(): void;
}

/** All states of one moment. */
export interface AllStates {
  /** Where the ledger stood then. */
  heads: Readonly<Record<string, ChainHead>>;
  /** In the order of the subjects; `state` is JSON. Has to be read to its end, or ended. */
  rows: IterableIterator<{ subject: string; state: string }>;
}

/** An event nobody here understands. */
export interface ForeignRow {
  id: string;
  type: string;
  subject: string;
}

/** Takes what is put down. */
export interface ViewsWriter extends ModelDb {
  /** Lays events into a table of their own while they are used. */
  arrive(events: readonly LedgerEvent[], use: (rows: EventRows) => void): void;
  putState(row: StateRow): void;
  putForeign(row: ForeignRow): void;
}

/** Where states and rows of read models lie. native/sqlite/views.ts is the one on disk. Everything may throw what the disk says. */
export interface ViewsStore extends ViewsWriter {
  /** Where the ledger stood that all of it was made from. */
  position(): string;
  state(subject: string): StateRow | undefined;
  /** Of a kind what goes on. */
  open(kind: string): StateRow[];
  /** The newest of a kind that are over, the newest first. */
  newestOver(kind: string, limit: number): StateRow[];
  /** Every subject and its state in the order of the subjects, as they are at the first of them. */
  states(): IterableIterator<Pick<StateRow, 'subject' | 'state'>>;
  foreign(): ForeignRow[];
  /** All of it or nothing, and the position with it. */
  write(position: string, work: () => void): void;
  close(): void;
}

/** A store that is being made; nothing reads it before it is whole. */
export interface StoreInTheMaking {
  readonly views: ViewsWriter;
  /** Where a thread of its own may make the tables of states meanwhile; null where it cannot. */
  readonly part: string | null;
  /** Has the ledger's file at hand, to be read from, until {@link leaveLedger}. Answers all its events of now. */
  openLedger(file: string): EventRows;
  leaveLedger(): void;
  /** Makes these tables, of states too, for what comes behind the part and before what was asked for here last: {@link takePart} takes them over as well. */
  behindPart(tables: string): ViewsWriter;
  /** Takes over what is in the part, when it is whole. Answers what nobody here understands. */
  takePart(): ForeignRow[];
  /** For what is made of rows that are there. */
  exec(sql: string): void;
  finish(position: string): ViewsStore;
  drop(): void;
}

/** Where stores are found and made. */
export interface ViewsPlace {
  /** Null when there is none that this stamp made. */
  open(stamp: string): ViewsStore | null;
  make(stamp: string, tables: string): StoreInTheMaking;
}

/** Events as rows of a table with the columns of the ledger's `events`: those beyond the rowid `after`, up to `to`. */
export interface EventRows {
  /** `schema.table`. */
  readonly table: string;
  readonly after: number;
  readonly to: number;
}

/** What a read model prepares its statements on. */
export interface ModelDb {
  prepare(sql: string): {
    run(...values: unknown[]): unknown;
    get(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
  };
  /** A function for its SQL; the same name again stands in for the one before. */
  define(name: string, answer: (value: unknown) => string | number | null): void;
}

/** How a read model's rows are written; made once for an open file. */
export interface ModelWriter {
  /** Puts the rows of one aggregate's state in place of those it had. */
  state?(subject: string, state: unknown): void;
  /**
   * Adds the rows of these events, by SQL: what was just decided and what the ledger's file holds comes in the same way. Each event comes
   * once, in the order in which the ledger took it. What is kept in memory between two calls outlives a commit that a disk refused.
   *
   * @returns makes what finds these rows; called once, in the order of the rows, and where many are added after all of them
   */
  events?(rows: EventRows): () => void;
}

/**
 * Tables of views.db whose rows are functions of the state of one kind of aggregate, or of single events. They are made from the ledger
 * alone, thrown away at will, and read by queries on connections of their own.
 */
export interface ReadModel {
  /** Names its tables: `name` itself, or beginning with it. */
  readonly name: string;
  /** Another number where the same events make other rows: then everything is made again. */
  readonly version: number;
  /** Kind of aggregate whose state it shows; undefined for one that shows events. */
  readonly kind?: string;
  /**
   * `CREATE TABLE` of the tables that its writer writes. Those of states may be filled in files of their own and taken over from there: a key
   * that is one INTEGER is a number that SQLite gives, and goes on from file to file.
   */
  readonly tables: string;
  /** Statements that make of their rows, when they are there, what finds them: indexes, and tables with triggers that keep these up. Others go on between two of them. */
  readonly indexes: readonly string[];
  writer(db: ModelDb): ModelWriter;
}

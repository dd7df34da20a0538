import type { Database, Statement } from 'better-sqlite3';

/** Rows a statement; more gains nothing, and SQLite's limit is 32,766 parameters. */
export const ROWS_A_STATEMENT = 100;

/** Appends rows of numbers to one table. */
export interface Rows {
  /** @param flat the rows one after the other, `columns.length` numbers each. */
  insert(flat: readonly number[]): void;
}

/** Creates the table when it is missing and prepares a 100-row and a one-row insert. @param table its name, quoted. */
export function createRows(db: Database, table: string, columns: readonly string[]): Rows {
  const width = columns.length;
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')})`);
  const prepare = (rows: number): Statement<[readonly number[]]> => {
    const row = `(${new Array<string>(width).fill('?').join(',')})`;
    return db.prepare(`INSERT INTO ${table} VALUES ${new Array<string>(rows).fill(row).join(',')}`);
  };
  const many = prepare(ROWS_A_STATEMENT);
  const one = prepare(1);
  return {
    insert(flat) {
      const step = ROWS_A_STATEMENT * width;
      let i = 0;
      for (; i + step <= flat.length; i += step) many.run(flat.slice(i, i + step));
      for (; i < flat.length; i += width) one.run(flat.slice(i, i + width));
    },
  };
}

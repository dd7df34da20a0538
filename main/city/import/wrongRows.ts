import type { Complaint } from './complaints.ts';

/** A row that stays out. */
export interface WrongRow extends Complaint {
  /** As the person sees it. */
  readonly row: number;
}

/** Rows that are shown as they come in, and complaints that are told. */
export const FIRST = 10;
export const MOST_WRONG = 1000;

/** @param earlier the row that has that id; null where it is not remembered */
export const doubled = (id: string, earlier: number | null): Complaint => ({
  column: 'id',
  value: id,
  why:
    earlier === null
      ? { zh: '编号与前面某行相同', en: 'has the id of a row before it' }
      : { zh: `编号与第 ${earlier} 行相同`, en: `has the id of row ${earlier}` },
  remedy: { zh: '请给它自己的编号，或删去一行', en: 'Give it an id of its own, or take one of the rows away.' },
});

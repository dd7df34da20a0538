import type { ColDef } from 'ag-grid-community';
import styles from '../AlarmQueue.module.css';

/** What there is room for. */
export interface Room {
  /** The theme's size, 1 at a desk. */
  readonly scale: number;
  /** For the place, in a column of its own; else it stands below the title. */
  readonly placed: boolean;
  /** For how often an alarm came. */
  readonly counted: boolean;
  /** For how long ago it came, beside the age of its value. */
  readonly aged: boolean;
  /** For words beside the signs of level and state. */
  readonly worded: boolean;
}

/** @param width of the queue, px; 0 while it is not known */
export function roomIn(width: number, scale: number): Room {
  const room = (least: number) => width === 0 || width >= least * scale;
  return { scale, placed: room(860), counted: room(620), worded: room(500), aged: room(400) };
}

export const COLUMNS = ['level', 'state', 'title', 'place', 'value', 'age', 'occurrence'] as const;
export type Column = (typeof COLUMNS)[number];

/** Those there is room for, in their order. */
export const shownIn = ({ placed, counted, aged }: Room): Column[] =>
  COLUMNS.filter(
    (column) =>
      !((column === 'place' && !placed) || (column === 'age' && !aged) || (column === 'occurrence' && !counted)),
  );

const TO_THE_RIGHT: ReadonlySet<Column> = new Set(['value', 'age', 'occurrence']);
export const isToTheRight = (column: Column): boolean => TO_THE_RIGHT.has(column);

/** The queue's columns, as the grid heads and measures them; what stands in them a line draws itself. `key`: an i18n key of the feature. */
export function columnsFor(room: Room, t: (key: string) => string): ColDef[] {
  const { scale, counted, worded } = room;
  const widths: Record<Column, Partial<ColDef>> = {
    level: { width: (counted ? 124 : worded ? 116 : 60) * scale },
    state: { width: (counted ? 98 : worded ? 86 : 36) * scale },
    title: { flex: 1.1, minWidth: 80 * scale },
    place: { flex: 1, minWidth: 70 * scale },
    value: { width: 140 * scale },
    age: { width: 68 * scale },
    occurrence: { width: 56 * scale },
  };
  return shownIn(room).map((column) => ({
    ...{ colId: column, headerName: t(`alarms:column.${column}`), ...widths[column] },
    ...(isToTheRight(column) && { headerClass: styles.right ?? '' }),
  }));
}

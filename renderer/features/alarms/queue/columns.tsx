import type { ColDef } from 'ag-grid-community';
import styles from '../AlarmQueue.module.css';
import { AgeCell, LevelCell, OccurrenceCell, PlaceCell, StateCell, TitleCell, ValueCell } from './cells.tsx';
import type { Line } from './lines.ts';

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

/** The queue's columns. `key`: an i18n key of the feature. */
export function columnsFor({ scale, placed, counted, worded, aged }: Room, t: (key: string) => string): ColDef<Line>[] {
  const centre = styles.centre ?? '';
  const right = { headerClass: styles.right ?? '', cellClass: `${styles.centre} ${styles.right}` };
  return [
    {
      ...{ colId: 'level', headerName: t('alarms:column.level'), cellClass: centre, cellRenderer: LevelCell },
      ...{ width: (counted ? 124 : worded ? 116 : 60) * scale, cellRendererParams: { worded } },
    },
    {
      ...{ colId: 'state', headerName: t('alarms:column.state'), cellClass: centre, cellRenderer: StateCell },
      ...{ width: (counted ? 98 : worded ? 86 : 36) * scale, cellRendererParams: { worded } },
    },
    {
      ...{ colId: 'title', headerName: t('alarms:column.title'), cellClass: centre, cellRenderer: TitleCell },
      ...{ flex: 1.1, minWidth: 80 * scale, cellRendererParams: { withPlace: !placed } },
    },
    {
      ...{ colId: 'place', headerName: t('alarms:column.place'), hide: !placed, cellRenderer: PlaceCell },
      ...{ flex: 1, minWidth: 70 * scale, cellClass: `${styles.centre} ${styles.dim}` },
    },
    {
      ...{ colId: 'value', headerName: t('alarms:column.value'), ...right, cellRenderer: ValueCell },
      width: 140 * scale,
    },
    {
      ...{ colId: 'age', headerName: t('alarms:column.age'), ...right, cellRenderer: AgeCell },
      ...{ hide: !aged, width: 68 * scale },
    },
    {
      ...{ colId: 'occurrence', headerName: t('alarms:column.occurrence'), ...right, cellRenderer: OccurrenceCell },
      ...{ hide: !counted, width: 56 * scale },
    },
  ];
}

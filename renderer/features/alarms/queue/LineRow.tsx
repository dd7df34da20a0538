import type { GridApi } from 'ag-grid-community';
import type { CustomCellRendererProps } from 'ag-grid-react';
import { type ComponentType, createContext, useContext, useEffect } from 'react';
import styles from '../AlarmQueue.module.css';
import { AgeCell, LevelCell, OccurrenceCell, PlaceCell, StateCell, TitleCell, ValueCell } from './cells.tsx';
import { COLUMNS, type Column, isToTheRight, type Room, roomIn, shownIn } from './columns.ts';
import type { Line } from './lines.ts';

const CELLS: Record<Column, ComponentType<{ line: Line; room: Room }>> = {
  ...{ level: LevelCell, state: StateCell, title: TitleCell, place: PlaceCell },
  ...{ value: ValueCell, age: AgeCell, occurrence: OccurrenceCell },
};

const { cell, right, dim } = styles;
const CLASSES: Partial<Record<Column, string>> = {
  ...Object.fromEntries(COLUMNS.map((column) => [column, isToTheRight(column) ? `${cell} ${right}` : cell])),
  place: `${cell} ${dim}`,
};

/** What there is room for in the queue that a line stands in. */
export const RoomContext = createContext<Room>(roomIn(0, 1));

/**
 * A line of the queue, in one piece: the grid's own cells cost several times what stands in them, and a list that is scrolled makes
 * dozens of lines in a frame. Its columns are as wide as the grid's: see {@link useColumnWidths}.
 */
export function LineRow({ data: line }: CustomCellRendererProps<Line>) {
  const room = useContext(RoomContext);
  if (!line) return null;
  return (
    <div className={styles.line} role="presentation">
      {shownIn(room).map((column, i) => {
        const Cell = CELLS[column];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a table's cell in the grid's rows, which are no table's
          // biome-ignore lint/a11y/useFocusableInteractive: the grid as a whole is one stop of Tab
          <div key={column} className={CLASSES[column]} role="gridcell" aria-colindex={i + 1} data-column={column}>
            <Cell line={line} room={room} />
          </div>
        );
      })}
    </div>
  );
}

/** Has the lines in a grid's element follow the widths of its columns. */
export function useColumnWidths(api: GridApi<Line> | null, element: HTMLElement | null): void {
  useEffect(() => {
    if (!api || !element) return;
    const follow = () => {
      if (api.isDestroyed()) return;
      const widths = api.getAllDisplayedColumns().map((column) => `${column.getActualWidth()}px`);
      element.style.setProperty('--queue-columns', widths.join(' '));
    };
    follow();
    const events = ['columnResized', 'displayedColumnsChanged', 'gridSizeChanged'] as const;
    for (const event of events) api.addEventListener(event, follow);
    return () => {
      if (!api.isDestroyed()) for (const event of events) api.removeEventListener(event, follow);
    };
  }, [api, element]);
}

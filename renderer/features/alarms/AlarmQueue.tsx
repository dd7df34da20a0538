import { useElementSize } from '@mantine/hooks';
import { IconBellCheck } from '@tabler/icons-react';
import {
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  EventApiModule,
  type GetRowIdParams,
  type GridApi,
  RowApiModule,
  type RowClassRules,
  RowSelectionModule,
  type RowSelectionOptions,
  RowStyleModule,
  ScrollApiModule,
  themeQuartz,
} from 'ag-grid-community';
import { AgGridProvider, AgGridReact } from 'ag-grid-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { useTopic, useTopicFresh } from '../../bridge/index.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useScale } from '../../desk/useScale.ts';
import { useLang } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useTicker } from '../../ui/ticker.tsx';
import styles from './AlarmQueue.module.css';
import { FloodSign } from './FloodSign.tsx';
import { columnsFor, roomIn } from './queue/columns.ts';
import { LineRow, RoomContext, useColumnWidths } from './queue/LineRow.tsx';
import { type Line, linesOf } from './queue/lines.ts';
import { QueueBar } from './queue/QueueBar.tsx';
import { useQueue } from './queue/queueStore.ts';
import { useMark } from './queue/useMark.ts';
import { SoundBar } from './SoundBar.tsx';
import { useWaiting } from './useWaiting.ts';

const MODULES = [
  ClientSideRowModelModule,
  ColumnApiModule,
  EventApiModule,
  RowStyleModule,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
];
const ROW_PX = 34;
/** Above and below what is seen: as far as one turn of a wheel goes. Each of them ages with the others, second by second. */
const ROWS_BEYOND = 6;
/** A queue so low has no room for the names of its columns. */
const LOW_PX = 240;
/** What `scrollbar-width: thin` takes. */
const SCROLLBAR_PX = 11;

const gridTheme = themeQuartz.withParams({
  backgroundColor: 'var(--oh-bg-1)',
  foregroundColor: 'var(--oh-text-0)',
  headerBackgroundColor: 'var(--oh-bg-1)',
  headerTextColor: 'var(--oh-text-1)',
  headerFontWeight: 500,
  headerFontSize: 'var(--oh-small)',
  borderColor: 'var(--oh-line)',
  rowHoverColor: 'var(--oh-bg-2)',
  selectedRowBackgroundColor: 'var(--oh-touch-soft)',
  accentColor: 'var(--oh-touch)',
  fontFamily: 'var(--oh-font)',
  fontSize: 'var(--oh-dense)',
  cellHorizontalPadding: '0.5rem',
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  headerColumnResizeHandleColor: 'var(--oh-line)',
});

/** The alarms that want an operator, in order and in groups; the pulse is for those nobody has acknowledged. */
export function AlarmQueue() {
  const { t } = useTranslation();
  const { lang } = useLang();
  const alarms = useTopic('alarms');
  const fresh = useTopicFresh('alarms');
  const wall = useDesk((desk) => desk.region === 'wall');
  const [order, grouping, filter, open] = [
    useQueue((queue) => queue.order),
    useQueue((queue) => queue.grouping),
    useQueue((queue) => queue.filter),
    useQueue((queue) => queue.open),
  ];
  const stood = useRef<AlarmView | null>(null);
  const selected = useDesk(({ selection }) => (selection?.kind === 'alarm' ? selection.id : null));
  const lines = useMemo(() => {
    if (stood.current?.id !== selected) stood.current = alarms.get(selected ?? '') ?? null;
    return linesOf(alarms.values(), { order, grouping, filter, open }, stood.current);
  }, [alarms, selected, order, grouping, filter, open]);
  const { ref: root, width, height } = useElementSize<HTMLDivElement>();
  const [api, setApi] = useState<GridApi<Line> | null>(null);
  const scale = useScale();
  const { placed, counted, worded, aged } = roomIn(width, scale);
  const room = useMemo(() => ({ scale, placed, counted, worded, aged }), [scale, placed, counted, worded, aged]);
  const columns = useMemo(() => columnsFor(room, t), [room, t]);
  const mark = useMark(lines, api);

  const ticker = useTicker();
  /** With the window's clock, not as an animation: that has every row looked at in each frame of the page. */
  const [grid, setGrid] = useState<HTMLDivElement | null>(null);
  useEffect(() => (grid ? ticker.subscribe(() => grid.toggleAttribute('data-pulse')) : undefined), [ticker, grid]);
  useColumnWidths(api, grid);

  const waiting = useWaiting();
  return (
    <div className={styles.queue} ref={root} data-waiting={waiting}>
      {!wall && <SoundBar />}
      <FloodSign />
      {!wall && alarms.size > 0 && <QueueBar shown={lines} />}
      {alarms.size === 0 && !fresh ? (
        <EmptyState title={t('common:loading')} />
      ) : lines.length === 0 ? (
        <EmptyState
          icon={<IconBellCheck size="2rem" stroke={1.4} />}
          title={t(alarms.size > 0 ? 'alarms:filter.none' : 'alarms:empty')}
          hint={
            alarms.size > 0 ? (
              t('alarms:filter.none-hint')
            ) : (
              <Trans i18nKey="alarms:empty-hint" components={{ h: <Kbd keys="h" /> }} />
            )
          }
        />
      ) : (
        <AgGridProvider modules={MODULES}>
          <div className={styles.grid} ref={setGrid}>
            <RoomContext value={room}>
              <AgGridReact<Line>
                key={`${lang}-${scale}`}
                theme={gridTheme}
                rowData={lines}
                columnDefs={columns}
                defaultColDef={EACH_COLUMN}
                getRowId={idOf}
                isFullWidthRow={everyRow}
                fullWidthCellRenderer={LineRow}
                rowClassRules={ROW_CLASSES}
                rowHeight={ROW_PX * scale}
                rowBuffer={ROWS_BEYOND}
                headerHeight={height > 0 && height < LOW_PX * scale ? 0 : 28 * scale}
                scrollbarWidth={SCROLLBAR_PX}
                animateRows={false}
                // The grid as a whole is one stop of Tab, with the marked row as its active descendant.
                suppressCellFocus
                suppressHeaderFocus
                tabIndex={-1}
                rowSelection={SELECTION}
                processRowPostCreate={mark.name}
                onGridReady={(event) => setApi(event.api)}
                onGridPreDestroyed={() => setApi(null)}
                onRowClicked={({ data }) => data && mark.click(data)}
              />
            </RoomContext>
          </div>
        </AgGridProvider>
      )}
    </div>
  );
}

// The same objects each time: for one that is another the grid sets all of itself up anew.
const EACH_COLUMN: ColDef = { sortable: false, resizable: true, suppressMovable: true };
const SELECTION: RowSelectionOptions<Line> = { mode: 'singleRow', checkboxes: false, enableClickSelection: false };
const ROW_CLASSES: RowClassRules<Line> = {
  [styles.group ?? 'group']: ({ data }) => data !== undefined && 'group' in data,
  [styles.waiting ?? 'waiting']: ({ data }) => data !== undefined && waits(data),
  [styles.quiet ?? 'quiet']: ({ data }) =>
    data !== undefined && 'alarm' in data && (data.alarm.state === 'shelved' || data.alarm.state === 'normal'),
  [styles.worst ?? 'worst']: ({ data }) => levelOf(data) === 1,
  [styles.second ?? 'second']: ({ data }) => levelOf(data) === 2,
  [styles.third ?? 'third']: ({ data }) => levelOf(data) === 3,
};
const everyRow = () => true;
const idOf = ({ data }: GetRowIdParams<Line>) => data.id;
const waits = (line: Line) => ('alarm' in line ? wantsAcknowledgement(line.alarm) : line.group.waiting > 0);
const levelOf = (line: Line | undefined) => line && ('alarm' in line ? line.alarm.level : line.group.level);

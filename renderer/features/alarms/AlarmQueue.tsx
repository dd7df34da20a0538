import { useElementSize } from '@mantine/hooks';
import { IconBellCheck } from '@tabler/icons-react';
import {
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  type GridApi,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  themeQuartz,
} from 'ag-grid-community';
import { AgGridProvider, AgGridReact } from 'ag-grid-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { useTopic, useTopicFresh } from '../../bridge/index.ts';
import { alarmQueue, wantsAcknowledgement } from '../../desk/alarmQueue.ts';
import { useDesk, useSelect } from '../../desk/DeskProvider.tsx';
import { useScale } from '../../desk/useScale.ts';
import { useLang } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import styles from './AlarmQueue.module.css';
import { AgeCell, LevelCell, OccurrenceCell, PlaceCell, StateCell, TitleCell, ValueCell } from './cells.tsx';
import { SoundBar } from './SoundBar.tsx';

const MODULES = [ClientSideRowModelModule, CellStyleModule, RowStyleModule, RowApiModule, ScrollApiModule];
const ROW_PX = 34;
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

/** The alarms that want an operator, worst and newest first; the pulse is for those nobody has acknowledged. */
export function AlarmQueue() {
  const { t } = useTranslation();
  const { lang, text } = useLang();
  const alarms = useTopic('alarms');
  const fresh = useTopicFresh('alarms');
  const selection = useDesk((desk) => desk.selection);
  const wall = useDesk((desk) => desk.region === 'wall');
  const select = useSelect();
  const rows = useMemo(() => alarmQueue(alarms.values()), [alarms]);
  const { ref: root, width } = useElementSize<HTMLDivElement>();
  const [api, setApi] = useState<GridApi<AlarmView> | null>(null);
  const selected = selection?.kind === 'alarm' ? selection.id : null;
  const scale = useScale();
  // Where there is no room for a column of its own, the place stands below the title.
  const placed = width === 0 || width >= 800 * scale;
  const counted = width === 0 || width >= 560 * scale;

  const columns = useMemo<ColDef<AlarmView>[]>(
    () => [
      {
        colId: 'level',
        cellClass: styles.centre ?? '',
        headerName: t('alarms:column.level'),
        width: (counted ? 124 : 114) * scale,
        cellRenderer: LevelCell,
      },
      {
        colId: 'state',
        cellClass: styles.centre ?? '',
        headerName: t('alarms:column.state'),
        width: (counted ? 98 : 90) * scale,
        cellRenderer: StateCell,
        valueGetter: (p) => p.data?.state,
      },
      {
        colId: 'title',
        headerName: t('alarms:column.title'),
        flex: 1.1,
        minWidth: 90 * scale,
        cellClass: styles.centre ?? '',
        cellRenderer: TitleCell,
        cellRendererParams: { withPlace: !placed },
        valueGetter: (p) => p.data && text(p.data.title),
      },
      {
        colId: 'place',
        hide: !placed,
        headerName: t('alarms:column.place'),
        flex: 1,
        minWidth: 70 * scale,
        cellClass: `${styles.centre} ${styles.dim}`,
        cellRenderer: PlaceCell,
        valueGetter: (p) => p.data && text(p.data.place.name),
      },
      {
        colId: 'value',
        headerName: t('alarms:column.value'),
        width: 84 * scale,
        headerClass: styles.right ?? '',
        cellClass: `${styles.centre} ${styles.right}`,
        cellRenderer: ValueCell,
        valueGetter: (p) => p.data?.value,
      },
      {
        colId: 'age',
        headerName: t('alarms:column.age'),
        width: 66 * scale,
        headerClass: styles.right ?? '',
        cellClass: `${styles.centre} ${styles.right}`,
        cellRenderer: AgeCell,
        valueGetter: (p) => p.data?.raisedAt,
      },
      {
        colId: 'occurrence',
        hide: !counted,
        headerName: t('alarms:column.occurrence'),
        width: 56 * scale,
        headerClass: styles.right ?? '',
        cellClass: `${styles.centre} ${styles.right}`,
        cellRenderer: OccurrenceCell,
        valueGetter: (p) => p.data?.occurrence,
      },
    ],
    [t, text, scale, placed, counted],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the grid draws its root anew with these
  useEffect(() => {
    document
      .querySelector(`.${styles.grid}`)
      ?.querySelector('[role=grid], [role=treegrid]')
      ?.setAttribute('aria-label', t('alarms:queue'));
  }, [t, api, lang, rows.length === 0]);

  useEffect(() => {
    if (!api || api.isDestroyed()) return;
    api.redrawRows();
    const node = selected === null ? undefined : api.getRowNode(selected);
    if (node) api.ensureNodeVisible(node);
  }, [api, selected]);

  const waiting = rows.filter(wantsAcknowledgement).length;
  return (
    <div className={styles.queue} ref={root} data-waiting={waiting}>
      {!wall && <SoundBar />}
      {rows.length === 0 && !fresh ? (
        <EmptyState title={t('common:loading')} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<IconBellCheck size="2rem" stroke={1.4} />}
          title={t('alarms:empty')}
          hint={t('alarms:empty-hint')}
        />
      ) : (
        <AgGridProvider modules={MODULES}>
          <div className={styles.grid}>
            <AgGridReact<AlarmView>
              key={`${lang}-${scale}`}
              theme={gridTheme}
              rowData={rows}
              columnDefs={columns}
              defaultColDef={{
                sortable: false,
                resizable: true,
                suppressMovable: true,
                suppressKeyboardEvent: ({ event }) => event.key === ' ' || event.key === 'Enter',
              }}
              getRowId={({ data }) => data.id}
              rowClassRules={{
                [styles.waiting ?? 'waiting']: ({ data }) => data !== undefined && wantsAcknowledgement(data),
                [styles.selected ?? 'selected']: ({ data }) => data !== undefined && data.id === selected,
                [styles.quiet ?? 'quiet']: ({ data }) => data?.state === 'shelved' || data?.state === 'normal',
                [styles.worst ?? 'worst']: ({ data }) => data?.level === 1,
                [styles.second ?? 'second']: ({ data }) => data?.level === 2,
                [styles.third ?? 'third']: ({ data }) => data?.level === 3,
              }}
              rowHeight={ROW_PX * scale}
              headerHeight={28 * scale}
              scrollbarWidth={SCROLLBAR_PX}
              animateRows={false}
              suppressCellFocus={false}
              onGridReady={(event) => setApi(event.api)}
              onCellFocused={(event) => {
                if (event.rowIndex === null) return;
                const alarm = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
                if (alarm) select({ kind: 'alarm', id: alarm.id, at: { lon: alarm.place.lon, lat: alarm.place.lat } });
              }}
            />
          </div>
        </AgGridProvider>
      )}
    </div>
  );
}

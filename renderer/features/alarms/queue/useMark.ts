import type { GridApi, ProcessRowPostCreate } from 'ag-grid-community';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../../../desk/DeskProvider.tsx';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import { type Line, lineBeside } from './lines.ts';
import { turnGroup, useQueue, useQueueStore } from './queueStore.ts';

/** The mark of the queue: one line has it, by its id and not by its place. It is the selected alarm, or a group. */
export interface Mark {
  /** Gives a row its id, so that the grid can say which has the mark. */
  readonly name: ProcessRowPostCreate<Line>;
  click(line: Line): void;
}

const rowId = (line: string) => `alarm-row-${line}`;
const gridOf = () =>
  document.querySelector<HTMLElement>('[data-region="alarms"] [role=grid], [data-region="alarms"] [role=treegrid]');

/** Keeps the mark on the screen and moves it by keys. */
export function useMark(lines: readonly Line[], api: GridApi<Line> | null): Mark {
  const { t, i18n } = useTranslation();
  const desk = useDeskStore();
  const queue = useQueueStore();
  const selection = useDesk((state) => state.selection);
  const group = useQueue((state) => state.group);
  const sought = useQueue((state) => state.sought);
  const marked = group ?? (selection?.kind === 'alarm' ? selection.id : null);
  const latest = useRef({ lines, marked });
  latest.current = { lines, marked };

  const actions = useMemo(() => {
    const put = (line: Line | null) => {
      if (line === null) return;
      if ('group' in line) return queue.setState({ group: line.id, asked: null });
      const { id, place } = line.alarm;
      desk.getState().select({ kind: 'alarm', id, at: { lon: place.lon, lat: place.lat } });
      queue.setState({ group: null, asked: null });
    };
    const at = () => latest.current.lines.find(({ id }) => id === latest.current.marked);
    return {
      put,
      at,
      move(by: number) {
        gridOf()?.focus({ preventScroll: true });
        put(lineBeside(latest.current.lines, latest.current.marked, by));
      },
      /** To the right a group opens, to the left it closes, from within it too. */
      turn(to: boolean) {
        const line = at();
        if (line === undefined) return;
        if ('group' in line) return turnGroup(queue, line.id, to);
        const head = to || line.within === null ? undefined : latest.current.lines.find(({ id }) => id === line.within);
        if (head) put(head);
      },
      click(line: Line) {
        gridOf()?.focus({ preventScroll: true });
        put(line);
        if ('group' in line) turnGroup(queue, line.id, !line.open);
      },
    };
  }, [desk, queue]);

  const key = { scope: 'alarms', label: 'alarms:key.move', unlisted: true } as const;
  const page = () => Math.max(1, (api?.getLastDisplayedRowIndex() ?? 0) - (api?.getFirstDisplayedRowIndex() ?? 0));
  const onGroup = () => {
    const line = actions.at();
    return line !== undefined && 'group' in line;
  };
  useShortcuts([
    { ...key, id: 'alarm.down', keys: ['arrowdown'], repeats: true, unlisted: false, run: () => actions.move(1) },
    { ...key, id: 'alarm.up', keys: ['arrowup'], repeats: true, run: () => actions.move(-1) },
    { ...key, id: 'alarm.page-down', keys: ['pagedown'], repeats: true, run: () => actions.move(page()) },
    { ...key, id: 'alarm.page-up', keys: ['pageup'], repeats: true, run: () => actions.move(-page()) },
    { ...key, id: 'alarm.first', keys: ['home'], run: () => actions.move(-latest.current.lines.length) },
    { ...key, id: 'alarm.last', keys: ['end'], run: () => actions.move(latest.current.lines.length) },
    { ...key, id: 'alarm.open-group', keys: ['arrowright'], run: () => actions.turn(true) },
    { ...key, id: 'alarm.close-group', keys: ['arrowleft'], run: () => actions.turn(false) },
    {
      ...{ ...key, id: 'alarm.turn-group', keys: ['enter'], label: 'alarms:key.turn-group', enabled: onGroup },
      run: () => {
        const line = actions.at();
        if (line && 'group' in line) turnGroup(queue, line.id, !line.open);
      },
    },
  ]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the grid draws its root anew with the language, and when there are alarms again
  useEffect(() => {
    const grid = gridOf();
    grid?.setAttribute('aria-label', t('alarms:queue'));
    grid?.setAttribute('tabindex', '0');
  }, [t, api, i18n.language, lines.length === 0]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: sought again, it is shown again
  useEffect(() => {
    if (!api || api.isDestroyed()) return;
    const node = marked === null ? undefined : api.getRowNode(marked);
    if (node) return api.ensureNodeVisible(node);
    const has = (line: Line) => 'group' in line && line.group.alarms.some(({ id }) => id === marked);
    const closed = latest.current.lines.find(has);
    if (closed) turnGroup(queue, closed.id, true);
  }, [api, marked, sought]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows come and go with the lines
  useEffect(() => {
    if (!api || api.isDestroyed()) return;
    const node = marked === null ? undefined : api.getRowNode(marked);
    if (node && !node.isSelected()) node.setSelected(true, true);
    else if (!node) api.deselectAll();
    const grid = gridOf();
    if (marked !== null && node) grid?.setAttribute('aria-activedescendant', rowId(marked));
    else grid?.removeAttribute('aria-activedescendant');
  }, [api, marked, lines]);

  return useMemo(
    () => ({
      name: ({ eRow, node }) => {
        const line = node.data;
        if (!line) return;
        eRow.id = rowId(line.id);
        if ('alarm' in line) eRow.dataset.alarm = line.id;
      },
      click: actions.click,
    }),
    [actions],
  );
}

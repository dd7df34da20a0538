import { IconHistory } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../../desk/actions.ts';
import { useDesk, useDeskStore } from '../../../desk/DeskProvider.tsx';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { FloodSign } from '../FloodSign.tsx';
import { SoundBar } from '../SoundBar.tsx';
import styles from './Past.module.css';
import { PastBar } from './PastBar.tsx';
import { PastRow } from './PastRow.tsx';
import type { PastShown } from './shown.ts';
import { type PastLine, usePast } from './usePast.ts';

/** Rows that PgUp and PgDn go. */
const PAGE = 10;

/** Alarms that came, whether they are over or not; those that come too often, or stay. What is chosen is the window's selection. */
export function PastAlarms({ shown }: { shown: PastShown }) {
  const { t } = useTranslation();
  const past = usePast(shown);
  const rows = past.rows ?? [];
  const desk = useDeskStore();
  const actions = useActions();
  const list = useId();
  const selected = useDesk(({ selection }) => (selection?.kind === 'alarm' ? selection.id : null));
  const at = rows.findIndex(({ id }) => id === selected);
  const latest = useRef({ rows, at });
  latest.current = { rows, at };

  const choose = useCallback(
    ({ id, place: { lon, lat } }: PastLine) => desk.getState().select({ kind: 'alarm', id, at: { lon, lat } }),
    [desk],
  );
  const move = (by: number) => {
    const { rows: now, at: from } = latest.current;
    const to = from < 0 ? (by < 0 ? now.length - 1 : 0) : Math.min(now.length - 1, Math.max(0, from + by));
    const row = now[to];
    if (row) choose(row);
  };
  // Arrows and Enter are a field's or a button's own while it has the focus.
  const enabled = () => document.activeElement?.matches('select, button, input') !== true;
  const key = { scope: 'alarms', label: 'alarms:key.move-past', overControl: true, unlisted: true, enabled } as const;
  useShortcuts([
    { ...key, id: 'alarm.past-down', keys: ['arrowdown'], repeats: true, unlisted: false, run: () => move(1) },
    { ...key, id: 'alarm.past-up', keys: ['arrowup'], repeats: true, run: () => move(-1) },
    { ...key, id: 'alarm.past-page-down', keys: ['pagedown'], repeats: true, run: () => move(PAGE) },
    { ...key, id: 'alarm.past-page-up', keys: ['pageup'], repeats: true, run: () => move(-PAGE) },
    { ...key, id: 'alarm.past-first', keys: ['home'], run: () => move(-latest.current.rows.length) },
    { ...key, id: 'alarm.past-last', keys: ['end'], run: () => move(latest.current.rows.length) },
    {
      ...{ ...key, id: 'alarm.past-see', keys: ['enter'], label: 'alarms:key.see-past', unlisted: false },
      enabled: () => enabled() && latest.current.at >= 0,
      run: () => actions.focusRegion('detail'),
    },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one is brought onto the screen, wherever it went
  useEffect(() => {
    document.querySelector(`[id="${list}"] [aria-selected=true]`)?.scrollIntoView({ block: 'nearest' });
  }, [list, selected, at]);

  return (
    <div className={styles.past}>
      <SoundBar />
      <FloodSign />
      <PastBar shown={shown} past={past} />
      {past.error !== null ? (
        <ErrorNote error={past.error} />
      ) : past.rows === null ? (
        <EmptyState title={t('common:loading')} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<IconHistory size="2rem" stroke={1.4} />}
          title={t(`alarms:past.none.${shown}`)}
          hint={t('alarms:past.none-hint')}
        />
      ) : (
        <div
          id={list}
          className={styles.list}
          role="listbox"
          tabIndex={0}
          aria-label={t(`alarms:past.shown.${shown}`)}
          aria-activedescendant={at < 0 ? undefined : `${list}-${at}`}
        >
          {rows.map((row, i) => (
            <PastRow key={row.id} id={`${list}-${i}`} row={row} chosen={i === at} onChoose={choose} />
          ))}
        </div>
      )}
      {past.cut && <p className={styles.cut}>{t('alarms:past.cut', { n: rows.length })}</p>}
    </div>
  );
}

import { IconAlertOctagon } from '@tabler/icons-react';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { WarningRow } from '../../../contract/features/warnings.ts';
import { useDesk, useDeskStore } from '../../desk/DeskProvider.tsx';
import { useMay } from '../../desk/rights.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { Age } from '../../ui/Age.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useSaidOfNow } from '../../ui/ticker.tsx';
import { type Deeds, useDeeds } from './useDeeds.ts';
import { useHolding, useOver } from './useWarnings.ts';
import { useWarningWords } from './useWarningWords.ts';
import { WarningBadge } from './WarningBadge.tsx';
import styles from './Warnings.module.css';

/** What other authorities warn of: what holds, the worst first, then what ended last. */
export function WarningList() {
  const { t } = useTranslation();
  const { rows: holding, error } = useHolding();
  const over = useOver();
  const lines = [...holding, ...over];
  const selected = useDesk(({ selection }) => (selection?.kind === 'warning' ? selection.id : null));
  const chosen = lines.find(({ id }) => id === selected);
  const deeds = useDeeds();
  const list = useId();
  useListKeys(lines, chosen, deeds);
  useLeavesWithTheAttention();
  useEffect(() => {
    document.querySelector(`[id="${list}"] [aria-selected=true]`)?.scrollIntoView({ block: 'nearest' });
  });

  const option = (warning: WarningRow) => (
    <Line
      key={warning.id}
      id={`${list}-${warning.id}`}
      warning={warning}
      chosen={warning === chosen}
      onChoose={() => deeds.choose(warning)}
    />
  );
  return (
    <>
      {error !== null && (
        <p className={styles.unread} role="status">
          {t('warnings:list.unread')}
        </p>
      )}
      {holding.length === 0 && (
        <EmptyState
          icon={<IconAlertOctagon size="2rem" stroke={1.4} />}
          title={t('warnings:list.empty')}
          hint={t('warnings:list.empty-hint')}
        />
      )}
      {lines.length > 0 && (
        <div
          id={list}
          className={styles.list}
          role="listbox"
          tabIndex={0}
          aria-label={t('warnings:list.title')}
          aria-activedescendant={chosen && `${list}-${chosen.id}`}
        >
          {holding.map(option)}
          {over.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
            <div role="group" aria-label={t('warnings:list.past')}>
              <p className={styles.past} aria-hidden="true">
                {t('warnings:list.past')}
              </p>
              {over.map(option)}
            </div>
          )}
        </div>
      )}
    </>
  );
}

function Line(props: { id: string; warning: WarningRow; chosen: boolean; onChoose: () => void }) {
  const { warning, chosen } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const { titleOf, timeOf } = useWarningWords();
  const may = useMay();
  const time = useSaidOfNow((now) => timeOf(warning, now));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which is chosen
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div
      id={props.id}
      className={styles.line}
      role="option"
      aria-selected={chosen}
      data-over={warning.state !== 'holds' || undefined}
      onClick={props.onChoose}
    >
      <span className={styles.first}>
        <WarningBadge level={warning.level} />
        <strong className={styles.name}>{titleOf(warning)}</strong>
        {warning.waits && <span className={styles.waits}>{t('warnings:list.waits')}</span>}
        <span className={styles.grow} />
        <Age since={warning.sent} />
      </span>
      <span className={styles.second}>
        <span>{text(warning.from)}</span>
        <span>{time}</span>
        {warning.incident !== null && <span>{t('warnings:list.became')}</span>}
        {chosen && <span className={styles.grow} />}
        {chosen && warning.waits && may.call('warnings.acknowledge') && (
          <span>
            {t('warnings:action.acknowledge')} <Kbd keys="space" quiet />
          </span>
        )}
        {chosen && may.call('warnings.openIncident') && (
          <span>
            {t(warning.incident === null ? 'warnings:action.incident' : 'warnings:action.go-to')} <Kbd keys="e" quiet />
          </span>
        )}
      </span>
    </div>
  );
}

function useListKeys(lines: readonly WarningRow[], chosen: WarningRow | undefined, deeds: Deeds): void {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const may = useMay();
  const move = (by: 1 | -1) => {
    const at = chosen ? lines.indexOf(chosen) : by > 0 ? -1 : lines.length;
    const to = lines[Math.max(0, Math.min(lines.length - 1, at + by))];
    if (to) deeds.choose(to);
  };
  const withChosen = (run: (warning: WarningRow) => unknown) => () =>
    void (chosen ? run(chosen) : desk.getState().say(t('warnings:select-first')));
  const key = { scope: 'warnings', overControl: true } as const;
  useShortcuts([
    { ...key, id: 'warnings.up', keys: ['arrowup'], label: 'warnings:key.choose', unlisted: true, run: () => move(-1) },
    { ...key, id: 'warnings.down', keys: ['arrowdown'], label: 'warnings:key.choose', run: () => move(1) },
    { ...key, id: 'warnings.show', keys: ['enter'], label: 'warnings:key.show', run: withChosen(deeds.show) },
    ...(may.call('warnings.acknowledge')
      ? [
          {
            ...{ ...key, id: 'warnings.acknowledge', keys: ['space'], label: 'warnings:key.acknowledge' },
            enabled: () => chosen?.waits === true,
            run: withChosen(deeds.acknowledge),
          },
        ]
      : []),
    ...(may.call('warnings.openIncident')
      ? [
          {
            ...key,
            id: 'warnings.incident',
            keys: ['e'],
            label: 'warnings:key.incident',
            run: withChosen(deeds.become),
          },
        ]
      : []),
  ]);
}

/** What is chosen elsewhere comes to the front at the place that this list shares; what is chosen in the list leaves it there. */
function useLeavesWithTheAttention(): void {
  const desk = useDeskStore();
  useEffect(
    () =>
      desk.subscribe((now, before) => {
        if (now.selection === before.selection || now.selection === null) return;
        if (now.selection.kind !== 'warning' || now.activeRegion === 'detail') desk.getState().set({ front: {} });
      }),
    [desk],
  );
}

import { Popover } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import type { Selection } from '../../desk/selection.ts';
import { useDecisionWords, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import styles from './Strip.module.css';

/** How many things two stations decided differently and nobody has looked at; each leads to both values. */
export function ConflictsChip() {
  const { t } = useTranslation();
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const select = useSelect();
  const words = useDecisionWords();
  const alarms = useTopic('alarms');
  const incidents = useTopic('incidents');
  const runs = useTopic('runs');
  const open = useMemo(() => {
    const things = [
      ...[...alarms.values()].map((it) => ({
        kind: 'alarm' as const,
        id: it.id,
        name: whatAndWhere(it),
        conflicts: it.conflicts,
      })),
      ...[...incidents.values()].map((it) => ({
        kind: 'incident' as const,
        id: it.id,
        name: whatAndWhere(it),
        conflicts: it.conflicts,
      })),
      ...[...runs.values()].map((it) => ({
        kind: 'run' as const,
        id: it.id,
        name: text(it.name),
        conflicts: it.conflicts,
      })),
    ];
    return things.flatMap(({ conflicts, ...thing }) =>
      conflicts.filter((conflict) => conflict.seen === null).map((conflict) => ({ thing, conflict })),
    );
  }, [alarms, incidents, runs, text, whatAndWhere]);
  if (open.length === 0) return null;
  const go = (thing: Pick<Selection, 'kind' | 'id'>) => select({ ...thing, at: null });
  return (
    <Popover position="bottom-end" width={420} withinPortal>
      <Popover.Target>
        <button type="button" className={styles.chipButton} data-strong>
          <IconGitCompare size="0.9375rem" aria-hidden="true" />
          {t('strip:conflicts', { count: open.length })}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.drop ?? ''}>
        <h3>{t('strip:conflicts-title')}</h3>
        <p className={styles.dim}>{t('strip:conflicts-means')}</p>
        {open.map(({ thing, conflict }) => (
          <button key={`${thing.id}/${conflict.id}`} type="button" className={styles.row2} onClick={() => go(thing)}>
            <strong>{thing.name}</strong>
            <span>
              {words.field(conflict.field)}:{' '}
              {conflict.values.map((side) => words.value(conflict.field, side.value)).join(' ≠ ')}
            </span>
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

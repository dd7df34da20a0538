import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FARTHEST_NEAR } from '../../../contract/features/places.ts';
import { useNearRows } from '../../desk/useNearRows.ts';
import { useDepartmentName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { distance } from '../../ui/format.ts';
import styles from './StepUnits.module.css';
import { candidates, type Spot } from './unitWay.ts';

/** Units that could be sent, the department's own first, each the soonest there first; arrows walk them, Enter sends. */
export function UnitChoice(props: {
  place: Spot;
  department: string;
  /** Who is sent already. */
  sent: readonly string[];
  onChoose: (unit: string) => void;
  onLeave: () => void;
}) {
  const { place, department, sent } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const departmentName = useDepartmentName();
  const { rows, error } = useNearRows({ lon: place.lon, lat: place.lat }, FARTHEST_NEAR);
  const list = useRef<HTMLDivElement>(null);
  const offered = candidates(rows ?? [], department, sent);
  const there = offered.length > 0;

  // Enter sends the first; whoever has gone on to another keeps that.
  useEffect(() => {
    if (there) list.current?.querySelector<HTMLElement>('[data-candidate]')?.focus();
  }, [there]);

  useShortcuts([
    {
      ...{ id: 'step.send.leave', keys: ['escape'], scope: 'plan', label: 'common:action.close' },
      ...{ unlisted: true, overControl: true, run: props.onLeave },
    },
  ]);

  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-candidate]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement) + by;
    event.preventDefault();
    event.stopPropagation();
    items[Math.min(items.length - 1, Math.max(0, at))]?.focus();
  };

  return (
    <div className={styles.choice}>
      {error !== null && <ErrorNote error={error} />}
      {rows !== null && !there && <p className={styles.none}>{t('plans:units.none')}</p>}
      <div ref={list} className={styles.choice} role="listbox" aria-label={t('plans:units.send')} onKeyDown={move}>
        {offered.map((row) => (
          <button
            key={row.id}
            type="button"
            role="option"
            aria-selected={false}
            className={styles.candidate}
            data-candidate
            onClick={() => props.onChoose(row.thing)}
          >
            <strong>{text(row.name)}</strong>
            <span>
              {[
                ...(row.department === null ? [] : [departmentName(row.department)]),
                ...(row.status === null ? [] : [t(`units:status.${row.status}`)]),
                distance(row.metres),
                ...(row.eta
                  ? [t('plans:units.minutes', { minutes: Math.max(1, Math.round(row.eta.seconds / 60)) })]
                  : []),
              ].join(' · ')}
            </span>
          </button>
        ))}
      </div>
      <ActionButton keys="escape" onClick={props.onLeave}>
        {t('common:action.close')}
      </ActionButton>
    </div>
  );
}

import { IconArrowDown, IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { useBridge, useObservation } from '../../bridge/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Age } from '../../ui/Age.tsx';
import { measured } from '../../ui/format.ts';
import styles from './AlarmQueue.module.css';
import { type Direction, directionOf, type Heard, kept } from './direction.ts';

/** A value that old may be another by now. */
const STALE_MS = 60_000;

const ARROWS = { up: IconArrowUp, down: IconArrowDown, steady: IconArrowRight } as const satisfies Record<
  Direction,
  unknown
>;

/**
 * What an alarm's sensor says now, where it is going and how old that is; below it the value at which the alarm was raised, or got worse. Where a unit is
 * now the map shows.
 */
export function PresentValue({ alarm }: { alarm: AlarmView }) {
  const { t } = useWords();
  const isUnit = alarm.source.kind === 'unit';
  const newest = useObservation(isUnit ? '' : alarm.source.id);
  /** The sensor's: an alarm of how it changes, or that it is silent, has another. */
  const unit = useBridge().observations.sensor(alarm.source.id)?.unit ?? alarm.unit;
  const told = newest && newest.quality !== 'bad' ? newest : null;
  // At once what is there at once: a list that is scrolled shows dozens of values, each of which would be drawn twice.
  const [heard, setHeard] = useState<readonly Heard[]>(() => (told ? kept([], told) : []));
  useEffect(() => {
    if (told) setHeard((before) => kept(before, told));
  }, [told]);
  const direction = directionOf(heard);
  const Arrow = direction && ARROWS[direction];
  return (
    <span className={styles.twoLines}>
      {newest === undefined ? (
        !isUnit && <span>{t('alarms:value.unknown')}</span>
      ) : (
        <span>
          {measured(newest.value)}
          <span className={styles.unit}>{unit}</span>
          {Arrow && <Arrow size="0.8125rem" stroke={2.4} role="img" aria-label={t(`alarms:value.${direction}`)} />}
        </span>
      )}
      <small>
        {newest !== undefined && (
          <>
            <Age since={newest.t} staleAfterMs={STALE_MS} /> ·{' '}
          </>
        )}
        {t(alarm.worsenedAt === null ? 'alarms:value.raised' : 'alarms:value.worsened', {
          value: unit === alarm.unit ? measured(alarm.value) : `${measured(alarm.value)} ${alarm.unit}`,
        })}
      </small>
    </span>
  );
}

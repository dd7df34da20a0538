import {
  IconArrowBackUp,
  IconBellRinging,
  IconCheck,
  IconClockPause,
  IconDatabaseOff,
  IconGitCompare,
  IconMinus,
} from '@tabler/icons-react';
import type { CustomCellRendererProps } from 'ag-grid-react';
import { useTranslation } from 'react-i18next';
import type { AlarmState, AlarmView } from '../../../contract/features/alarms.ts';
import { useLang } from '../../i18n/index.ts';
import { Age } from '../../ui/Age.tsx';
import { measured } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './AlarmQueue.module.css';

type Cell = CustomCellRendererProps<AlarmView>;

const ICONS: Record<AlarmState, typeof IconCheck> = {
  unacknowledged: IconBellRinging,
  returned: IconArrowBackUp,
  acknowledged: IconCheck,
  shelved: IconClockPause,
  normal: IconMinus,
};

/** An alarm's state as icon and word. */
export function AlarmStateLabel({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const Icon = ICONS[alarm.state];
  const disputed = alarm.conflicts.some((conflict) => conflict.seen === null);
  return (
    <span className={styles.state}>
      <Icon size="0.875rem" aria-hidden="true" />
      {t(`alarms:state.${alarm.state}`)}
      {alarm.unrecorded && (
        <IconDatabaseOff className={styles.unrecorded ?? ''} size="0.875rem" aria-label={t('alarms:unrecorded')} />
      )}
      {disputed && <IconGitCompare size="0.875rem" aria-label={t('detail:conflict.title')} />}
    </span>
  );
}

export function LevelCell({ data }: Cell) {
  return data ? <LevelBadge level={data.level} /> : null;
}

export function StateCell({ data }: Cell) {
  return data ? <AlarmStateLabel alarm={data} /> : null;
}

/** The title; `withPlace`: and below it the place. */
export function TitleCell({ data, withPlace }: Cell & { withPlace: boolean }) {
  const { text } = useLang();
  if (!data) return null;
  return (
    <span className={styles.twoLines}>
      <span>{text(data.title)}</span>
      {withPlace && <small>{text(data.place.name)}</small>}
    </span>
  );
}

export function PlaceCell({ data }: Cell) {
  const { text } = useLang();
  return data ? (
    <span className={styles.twoLines}>
      <span>{text(data.place.name)}</span>
    </span>
  ) : null;
}

export function ValueCell({ data }: Cell) {
  if (!data) return null;
  return (
    <span>
      {measured(data.value)}
      <span className={styles.unit}>{data.unit}</span>
    </span>
  );
}

export function AgeCell({ data }: Cell) {
  return data ? <Age since={data.raisedAt} /> : null;
}

export function OccurrenceCell({ data }: Cell) {
  return data ? <span>×{data.occurrence}</span> : null;
}

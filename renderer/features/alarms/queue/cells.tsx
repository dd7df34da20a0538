import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { CustomCellRendererProps } from 'ag-grid-react';
import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { useClosedBefore } from '../../../desk/incidents.ts';
import { useWords } from '../../../i18n/index.ts';
import { Age } from '../../../ui/Age.tsx';
import { LevelBadge } from '../../../ui/LevelBadge.tsx';
import styles from '../AlarmQueue.module.css';
import { AlarmStateLabel } from '../AlarmStateLabel.tsx';
import { PresentValue } from '../PresentValue.tsx';
import type { Line } from './lines.ts';
import { useGroupName } from './useGroupName.ts';

type Cell = CustomCellRendererProps<Line>;

/** Below, `worded`: with words beside the signs. */
export function LevelCell({ data, worded }: Cell & { worded: boolean }) {
  return data ? <LevelBadge level={'alarm' in data ? data.alarm.level : data.group.level} brief={!worded} /> : null;
}

export function StateCell({ data, worded }: Cell & { worded: boolean }) {
  const { t } = useWords();
  if (!data) return null;
  if ('alarm' in data) return <AlarmStateLabel alarm={data.alarm} brief={!worded} />;
  if (!worded) return <span>{data.group.waiting > 0 && data.group.waiting}</span>;
  return (
    <span>
      {t(data.group.waiting > 0 ? 'alarms:group.waiting' : 'alarms:group.none-waits', { n: data.group.waiting })}
    </span>
  );
}

/** The title; `withPlace`: and below it the place. Of a group what its alarms share and how many they are. */
export function TitleCell({ data, withPlace }: Cell & { withPlace: boolean }) {
  const { t, text } = useWords();
  const groupName = useGroupName();
  if (!data) return null;
  if ('group' in data) {
    const Chevron = data.open ? IconChevronDown : IconChevronRight;
    return (
      <span className={styles.groupName}>
        <Chevron size="1rem" role="img" aria-label={t(data.open ? 'alarms:group.is-open' : 'alarms:group.is-closed')} />
        <span>{groupName(data.group)}</span>
      </span>
    );
  }
  return (
    <span className={styles.twoLines} data-within={data.within !== null || undefined}>
      <span>{text(data.alarm.title)}</span>
      <SecondLine alarm={data.alarm} withPlace={withPlace} />
    </span>
  );
}

/** That it got worse after its incident was closed, which nobody answers; and its place, where that has no column. */
function SecondLine({ alarm, withPlace }: { alarm: AlarmView; withPlace: boolean }) {
  const { t, text } = useWords();
  const worse = useClosedBefore(alarm) !== null;
  if (!worse && !withPlace) return null;
  return (
    <small>
      {worse && <strong className={styles.sinceClosed}>{t('alarms:worse-since.tag')}</strong>}
      {worse && withPlace && ' · '}
      {withPlace && text(alarm.place.name)}
    </small>
  );
}

export function PlaceCell({ data }: Cell) {
  const { t, text } = useWords();
  if (!data) return null;
  if ('alarm' in data)
    return (
      <span className={styles.twoLines}>
        <span>{text(data.alarm.place.name)}</span>
      </span>
    );
  const places = new Set(data.group.alarms.map(({ place }) => place.name.zh)).size;
  return <span>{t('alarms:group.places', { n: places })}</span>;
}

export function ValueCell({ data }: Cell) {
  return data && 'alarm' in data ? <PresentValue alarm={data.alarm} /> : null;
}

export function AgeCell({ data }: Cell) {
  return data ? <Age since={'alarm' in data ? data.alarm.raisedAt : data.group.newest} /> : null;
}

export function OccurrenceCell({ data }: Cell) {
  return data && 'alarm' in data ? <span>×{data.alarm.occurrence}</span> : null;
}

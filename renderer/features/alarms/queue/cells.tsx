import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { useClosedBefore } from '../../../desk/incidents.ts';
import { useWords } from '../../../i18n/index.ts';
import { Age } from '../../../ui/Age.tsx';
import { LevelBadge } from '../../../ui/LevelBadge.tsx';
import styles from '../AlarmQueue.module.css';
import { AlarmStateLabel } from '../AlarmStateLabel.tsx';
import { PresentValue } from '../PresentValue.tsx';
import type { Room } from './columns.ts';
import type { Line } from './lines.ts';
import { useGroupName } from './useGroupName.ts';

interface Cell {
  line: Line;
  room: Room;
}

export function LevelCell({ line, room: { worded } }: Cell) {
  return <LevelBadge level={'alarm' in line ? line.alarm.level : line.group.level} brief={!worded} />;
}

export function StateCell({ line, room: { worded } }: Cell) {
  const { t } = useWords();
  if ('alarm' in line) return <AlarmStateLabel alarm={line.alarm} brief={!worded} />;
  if (!worded) return <span>{line.group.waiting > 0 && line.group.waiting}</span>;
  return (
    <span>
      {t(line.group.waiting > 0 ? 'alarms:group.waiting' : 'alarms:group.none-waits', { n: line.group.waiting })}
    </span>
  );
}

/** The title, and below it the place where that has no column. Of a group what its alarms share and how many they are. */
export function TitleCell({ line, room }: Cell) {
  const { t, text } = useWords();
  const groupName = useGroupName();
  if ('group' in line) {
    const Chevron = line.open ? IconChevronDown : IconChevronRight;
    return (
      <span className={styles.groupName}>
        <Chevron size="1rem" role="img" aria-label={t(line.open ? 'alarms:group.is-open' : 'alarms:group.is-closed')} />
        <span>{groupName(line.group)}</span>
      </span>
    );
  }
  return (
    <span className={styles.twoLines} data-within={line.within !== null || undefined}>
      <span>{text(line.alarm.title)}</span>
      <SecondLine alarm={line.alarm} withPlace={!room.placed} />
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

export function PlaceCell({ line }: Cell) {
  const { t, text } = useWords();
  if ('alarm' in line)
    return (
      <span className={styles.twoLines}>
        <span>{text(line.alarm.place.name)}</span>
      </span>
    );
  const places = new Set(line.group.alarms.map(({ place }) => place.name.zh)).size;
  return <span>{t('alarms:group.places', { n: places })}</span>;
}

export function ValueCell({ line }: Cell) {
  return 'alarm' in line ? <PresentValue alarm={line.alarm} /> : null;
}

export function AgeCell({ line }: Cell) {
  return <Age since={'alarm' in line ? line.alarm.raisedAt : line.group.newest} />;
}

export function OccurrenceCell({ line }: Cell) {
  return 'alarm' in line ? <span>×{line.alarm.occurrence}</span> : null;
}

import {
  IconArrowBackUp,
  IconBellRinging,
  IconCheck,
  IconClockPause,
  IconDatabaseOff,
  IconGitCompare,
  IconMinus,
} from '@tabler/icons-react';
import type { AlarmState, AlarmView } from '../../../contract/features/alarms.ts';
import { useWords } from '../../i18n/index.ts';
import styles from './AlarmQueue.module.css';

const ICONS: Record<AlarmState, typeof IconCheck> = {
  unacknowledged: IconBellRinging,
  returned: IconArrowBackUp,
  acknowledged: IconCheck,
  shelved: IconClockPause,
  normal: IconMinus,
};

/** An alarm, or a line of one that tells no more than its state. */
type Shown = Pick<AlarmView, 'state' | 'unrecorded'> & Partial<Pick<AlarmView, 'conflicts'>>;

/** An alarm's state as icon and word. */
export function AlarmStateLabel({ alarm, brief = false }: { alarm: Shown; brief?: boolean }) {
  const { t } = useWords();
  const Icon = ICONS[alarm.state];
  const word = t(`alarms:state.${alarm.state}`);
  const disputed = alarm.conflicts?.some((conflict) => conflict.seen === null);
  return (
    <span className={styles.state} title={brief ? word : undefined}>
      {brief ? <Icon size="1rem" aria-label={word} /> : <Icon size="0.875rem" aria-hidden="true" />}
      {!brief && word}
      {alarm.unrecorded && (
        <IconDatabaseOff className={styles.unrecorded ?? ''} size="0.875rem" aria-label={t('alarms:unrecorded')} />
      )}
      {disputed && <IconGitCompare size="0.875rem" aria-label={t('detail:conflict.title')} />}
    </span>
  );
}

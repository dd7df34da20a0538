import { IconTrendingUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import detail from '../../desk/detail/Detail.module.css';
import { useClosedBefore } from '../../desk/incidents.ts';
import { useMay } from '../../desk/rights.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { clockTime } from '../../ui/format.ts';
import styles from './AlarmQueue.module.css';

/** Says of an alarm that it got worse after the incident it was had been closed, which one that is, and what to do. */
export function WorseSinceClosed({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const select = useSelect();
  const whatAndWhere = useWhatAndWhere();
  const may = useMay().call('incidents.open');
  const closed = useClosedBefore(alarm);
  if (closed === null || closed.closedAt === null || alarm.worsenedAt === null) return null;
  return (
    <div className={styles.worseSince} role="status">
      <IconTrendingUp size="1.0625rem" aria-hidden="true" />
      <span>
        {t('alarms:worse-since.said', {
          closed: clockTime(closed.closedAt),
          at: clockTime(alarm.worsenedAt),
          level: t(`common:level.long.${alarm.level}`),
        })}{' '}
        <button
          type="button"
          className={detail.link}
          onClick={() => select({ kind: 'incident', id: closed.id, at: null })}
        >
          {whatAndWhere(closed)}
        </button>
        {may && ` ${t('alarms:worse-since.do')}`}
      </span>
    </div>
  );
}

import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhatAndWhere } from '../../../desk/words.ts';
import { useLang } from '../../../i18n/index.ts';
import { age, dateTime } from '../../../ui/format.ts';
import { LevelBadge } from '../../../ui/LevelBadge.tsx';
import { useNow } from '../../../ui/ticker.tsx';
import { AlarmStateLabel } from '../AlarmStateLabel.tsx';
import styles from './Past.module.css';
import type { PastLine } from './usePast.ts';

interface RowProps {
  id: string;
  row: PastLine;
  chosen: boolean;
  onChoose(row: PastLine): void;
}

/** One alarm that came: what and where, when, for how long it stood, how often. Of hundreds of rows none is drawn anew while it stays as it is. */
export const PastRow = memo(function PastRow({ id, row, chosen, onChoose }: RowProps) {
  const { t } = useTranslation();
  const { lang } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const at = 'at' in row ? row.at : row.raisedAt;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which is chosen
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div id={id} className={styles.row} role="option" aria-selected={chosen} onClick={() => onChoose(row)}>
      <span className={styles.first}>
        <LevelBadge level={row.level} />
        <strong>{whatAndWhere(row)}</strong>
        <span className={styles.grow} />
        <time dateTime={new Date(at).toISOString()}>{dateTime(at)}</time>
      </span>
      <span className={styles.second}>
        <AlarmStateLabel alarm={row} />
        <span>{t('alarms:past.times', { count: row.times })}</span>
        {'hourly' in row && row.hourly > 0 && <span>{t('alarms:past.hourly', { count: row.hourly })}</span>}
        {row.clearedAt === null ? (
          <Stands since={row.raisedAt} />
        ) : (
          <span>{t('alarms:past.stood', { for: age(row.clearedAt - row.raisedAt, lang) })}</span>
        )}
        {row.incident !== null && <span>{t('alarms:past.incident')}</span>}
      </span>
    </div>
  );
});

function Stands({ since }: { since: number }) {
  const { t } = useTranslation();
  const { lang } = useLang();
  const now = useNow();
  return <span>{t('alarms:past.stands', { for: age(now - since, lang) })}</span>;
}

import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../../contract/features/log.ts';
import { useQuery } from '../../bridge/index.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { dateTime } from '../../ui/format.ts';
import styles from './Shifts.module.css';
import { type LogWords, useLogWords } from './useLogWords.ts';

/** So many of the newest lines about one thing. */
const LINES = 200;

/** Everything that was decided about one thing, oldest first. */
export function LogTimeline({ subject }: { subject: string }) {
  const { t } = useTranslation();
  const { rows, more, error } = useQuery('log.list', { subject, limit: LINES });
  const say = useLogWords(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one is scrolled by keyboard
    <section className={styles.timeline} aria-label={t('shifts:log.timeline')} tabIndex={0}>
      <h3>{t('shifts:log.timeline')}</h3>
      {error !== null && <ErrorNote error={error} />}
      {more !== null && <p className={styles.none}>{t('shifts:log.timeline-newest', { count: LINES })}</p>}
      <ol>{rows && [...rows].reverse().map((row) => <Entry key={row.id} row={row} words={say(row)} />)}</ol>
    </section>
  );
}

function Entry({ row, words: { what, about, who } }: { row: LogRow; words: LogWords }) {
  return (
    <li>
      <time className={styles.fact} dateTime={new Date(row.at).toISOString()}>
        {dateTime(row.at)}
      </time>
      <span>
        <span className={styles.what}>{what}</span> {about}
      </span>
      <span className={styles.fact}>{who}</span>
    </li>
  );
}

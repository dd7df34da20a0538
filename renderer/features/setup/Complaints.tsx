import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../contract/features/setup.ts';
import { useLang } from '../../i18n/index.ts';
import styles from './Setup.module.css';

/** What is to be said of the files as they are now: what is left out of them, where, and what to do. */
export function Complaints({ notices }: Pick<SetupView, 'notices'>) {
  const { t } = useTranslation();
  const { text } = useLang();
  return (
    <section className={styles.section}>
      <h3>{t('setup:complaints', { count: notices.length })}</h3>
      {notices.length === 0 ? (
        <p className={styles.quiet}>{t('setup:no-complaints')}</p>
      ) : (
        <ul>
          {notices.map((notice) => (
            <li key={`${notice.severity} ${notice.text.en}`} data-severity={notice.severity}>
              <span className={styles.severity}>{t(`setup:severity.${notice.severity}`)}</span>
              <span>
                {text(notice.text)}
                {notice.remedy && <span className={styles.remedy}>{text(notice.remedy)}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

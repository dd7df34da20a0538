import { useTranslation } from 'react-i18next';
import { useQuery } from '../../bridge/index.ts';
import styles from './Detail.module.css';

/** Says that stations of another version wrote something about a subject which is not shown here; nothing where they did not. */
export function NotUnderstood({ subject }: { subject: string }) {
  const { t } = useTranslation();
  const [found] = useQuery('ledger.foreign', { subject }).rows ?? [];
  // Until those of another subject have come, the ones of before stay.
  if (found?.subject !== subject) return null;
  return (
    <p className={styles.foreign} role="status">
      {t('common:not-understood', { count: found.count })}
    </p>
  );
}

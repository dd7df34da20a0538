import { IconDatabaseOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLang } from '../../i18n/index.ts';
import { useStation } from '../hallData.tsx';
import styles from './Strip.module.css';

/** The hall's notice that nothing is being recorded. */
const NOT_RECORDING = 'ledger:not-recording';

/** Nothing is being recorded: in red, on every window and wall, as long as it is so. */
export function NotRecording() {
  const { t } = useTranslation();
  const { text } = useLang();
  const notice = useStation()?.notices.find(({ id }) => id === NOT_RECORDING);
  if (!notice) return null;
  const why = [notice.text, notice.remedy].map((words) => (words ? text(words) : '')).join('\n');
  return (
    <strong className={styles.notRecording} role="alert" title={why}>
      <IconDatabaseOff size="1.0625rem" aria-hidden="true" />
      {t('strip:not-recording')}
    </strong>
  );
}

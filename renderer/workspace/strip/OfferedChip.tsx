import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../../desk/DeskProvider.tsx';
import styles from './Strip.module.css';

/** Another window of the seat chose something while a form is being filled in here: one press goes there. */
export function OfferedChip() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const offered = useDesk((state) => state.offered);
  if (offered === null) return null;
  return (
    <button
      type="button"
      className={styles.chipButton}
      data-strong
      title={t('strip:offered-why')}
      onClick={() => desk.getState().adopt(offered.selection, performance.now())}
    >
      <IconArrowRight size="0.9375rem" aria-hidden="true" />
      <span className={styles.words}>{t('strip:offered')}</span>
    </button>
  );
}

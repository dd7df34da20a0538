import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBridge, useConnection } from '../../bridge/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import styles from './Strip.module.css';

/** The hall is not there: said in a line, everything stays as it was last known. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const connection = useConnection();
  if (connection.state !== 'lost') return null;
  return (
    <div className={styles.banner} role="alert">
      <IconPlugConnectedX size="1.125rem" aria-hidden="true" />
      <strong>{t('common:connection.lost')}</strong>
      <span>
        {t('common:connection.since')} <Age since={connection.since} /> ·{' '}
        {t('common:connection.attempt', { count: connection.attempt })}
      </span>
      <span className={styles.dim}>{t('common:connection.stays')}</span>
      <span className={styles.grow} />
      <ActionButton onClick={() => bridge.reconnect()}>{t('common:connection.now')}</ActionButton>
    </div>
  );
}

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useNow } from '../../ui/ticker.tsx';
import styles from './Strip.module.css';

const SIGN_AFTER_MS = 300;
const WORDS_AFTER_MS = 3000;

/** A moving line once a call has waited 300 ms; words once it has waited 3 s. */
export function PendingBar() {
  const { t } = useTranslation();
  const calls = useDesk((desk) => desk.calls);
  const oldest = Math.min(...calls.values());
  const [slow, setSlow] = useState(false);
  const now = useNow();

  useEffect(() => {
    setSlow(false);
    if (!Number.isFinite(oldest)) return;
    const timer = setTimeout(() => setSlow(true), Math.max(0, oldest + SIGN_AFTER_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [oldest]);

  if (!slow) return null;
  const waited = now - oldest;
  return (
    <div className={styles.pending} role="progressbar" aria-label={t('strip:pending')}>
      {waited > WORDS_AFTER_MS && (
        <span className={styles.pendingWords}>{t('strip:pending-since', { seconds: Math.floor(waited / 1000) })}</span>
      )}
    </div>
  );
}

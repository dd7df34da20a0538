import { IconInfoCircle, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import type { Toast } from '../desk/desk.ts';
import styles from './Overlay.module.css';
import regionStyles from './Region.module.css';

const SHOWN_MS = 5000;

/**
 * Short sentences over the lower left corner of the map, where they cover nothing that is acted on: no alarm, no button, no call. In a
 * window without the map they stand at its left, above what waits at its foot. What was refused stands where it belongs (`Refusals`).
 */
export function Toasts() {
  const toasts = useDesk((desk) => desk.toasts);
  return (
    <div className={styles.toasts} aria-live="polite">
      {toasts.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function One({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const { id, again } = toast;
  // biome-ignore lint/correctness/useExhaustiveDependencies: said again, it stays for as long again
  useEffect(() => {
    const timer = setTimeout(() => desk.getState().dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [desk, id, again]);
  return (
    <div className={styles.toast} role="status">
      <IconInfoCircle size="1.0625rem" />
      <span className={styles.toastText}>{toast.text}</span>
      <button
        type="button"
        className={regionStyles.iconButton}
        aria-label={t('common:action.close')}
        onClick={() => desk.getState().dismiss(id)}
      >
        <IconX size="0.875rem" />
      </button>
    </div>
  );
}

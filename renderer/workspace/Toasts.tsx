import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import type { Toast } from '../desk/desk.ts';
import styles from './Overlay.module.css';
import regionStyles from './Region.module.css';

const INFO_MS = 5000;
const ERROR_MS = 15_000;

/**
 * Short sentences over the lower left corner of the map, where they cover nothing that is acted on: no alarm, no button, no call. In a
 * window without the map they stand at the left above its foot.
 */
export function Toasts() {
  const toasts = useDesk((desk) => desk.toasts);
  return (
    <div className={styles.foot}>
      <div className={styles.toasts} aria-live="polite">
        {toasts.map((toast) => (
          <One key={toast.id} toast={toast} />
        ))}
      </div>
    </div>
  );
}

function One({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const { id, tone, again } = toast;
  // biome-ignore lint/correctness/useExhaustiveDependencies: said again, it stays for as long again
  useEffect(() => {
    const timer = setTimeout(() => desk.getState().dismiss(id), tone === 'error' ? ERROR_MS : INFO_MS);
    return () => clearTimeout(timer);
  }, [desk, id, tone, again]);
  return (
    <div className={styles.toast} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      {tone === 'error' ? <IconAlertTriangle size="1.0625rem" /> : <IconInfoCircle size="1.0625rem" />}
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

import { IconAlertTriangle } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '../../contract/errors.ts';
import styles from './ErrorNote.module.css';

/** A failure in words: the window's sentence where it has one, the hall's own beside it. */
export function useErrorText(): (error: unknown) => { text: string; code: string } {
  const { t } = useTranslation();
  return useCallback(
    (error: unknown) => {
      const code = error instanceof ContractError ? error.code : 'internal';
      const message = error instanceof Error ? error.message : String(error);
      return { text: t('common:error.with', { sentence: t(`common:error.${code}`), message }), code };
    },
    [t],
  );
}

/** A failed call, said where it happened. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { text, code } = useErrorText()(error);
  return (
    <div className={styles.note} role="alert">
      <IconAlertTriangle size="1rem" aria-hidden="true" />
      <span className={styles.text}>
        {text} <code className={styles.code}>{code}</code>
      </span>
      {onRetry && (
        <button type="button" className={styles.retry} onClick={onRetry}>
          {t('common:action.retry')}
        </button>
      )}
    </div>
  );
}

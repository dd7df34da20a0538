import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '../../contract/errors.ts';
import { useLang } from '../i18n/index.ts';
import styles from './ErrorNote.module.css';
import { speaks } from './format.ts';

/** What the window itself has to say against something: an i18n key and its words, put into the window's language where it is shown. */
export class SaidHere extends Error {
  readonly key: string;
  readonly words: Readonly<Record<string, string>>;

  constructor(key: string, words: Readonly<Record<string, string>> = {}) {
    super(key);
    this.name = 'SaidHere';
    this.key = key;
    this.words = words;
  }
}

/**
 * A failure in a person's words, in one language and without codes: the window's own sentence for its kind, and the hall's
 * reason where the hall gave one in this window's language. What the disk does not take is told by the hall's sentence alone.
 */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  const { lang } = useLang();
  return useCallback(
    (error: unknown) => {
      if (error instanceof SaidHere) return t(error.key, error.words);
      const known = error instanceof ContractError && i18n.exists(`common:error.${error.code}`);
      const sentence = t(`common:error.${known ? error.code : 'internal'}`);
      if (!known || !speaks(lang, error.message)) return sentence;
      // The hall's own words say already that it was not recorded.
      if (error.code === 'not-recorded') return error.message;
      return error.code === 'refused' ? t(`common:error.with`, { sentence, message: error.message }) : sentence;
    },
    [t, i18n, lang],
  );
}

/** A failed call, said where it happened. */
export function ErrorNote(props: {
  error: unknown;
  onRetry?: () => void;
  /** It answers what somebody has just pressed: it comes into sight, wherever its place is scrolled to. */
  reveal?: boolean;
  /** What it is about, where that is not plain from its place; empty for nothing. */
  about?: string;
  /** It stands until somebody has read it, and says so here. */
  onRead?: () => void;
}) {
  const { error, onRetry, reveal = false, about = '', onRead } = props;
  const { t } = useTranslation();
  const text = useErrorText()(error);
  const note = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another failure in the same place comes into sight as well
  useEffect(() => {
    if (reveal) note.current?.scrollIntoView({ block: 'nearest' });
  }, [error, reveal]);
  return (
    <div ref={note} className={styles.note} role="alert">
      <IconAlertTriangle size="1rem" aria-hidden="true" />
      <span className={styles.text}>
        {about !== '' && <strong className={styles.about}>{about}</strong>}
        {text}
      </span>
      {onRetry && (
        <button type="button" className={styles.retry} onClick={onRetry}>
          {t('common:action.retry')}
        </button>
      )}
      {onRead && (
        <button type="button" className={styles.read} aria-label={t('common:action.read')} onClick={onRead}>
          <IconX size="0.875rem" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

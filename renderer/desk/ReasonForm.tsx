import { IconCopy } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../keys/KeysProvider.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { charactersOver } from './charactersOver.ts';
import { useCopy } from './copy.ts';
import { type Form, useDrafts } from './DraftsProvider.tsx';
import styles from './ReasonForm.module.css';
import { TextField } from './TextField.tsx';

/**
 * Asks for a reason where it is needed, in place; Enter sends, Escape leaves. Never a dialog over an alarm. What is written
 * is a draft: it stays until the hall has taken it.
 */
export function ReasonForm(props: {
  form: Form;
  label: string;
  submit: string;
  required?: boolean;
  /** Characters that the hall takes; 500 unless told. */
  most?: number;
  /** What weighs more: it is sent when Enter or the button is pressed again, and this says so. */
  twice?: string;
  busy?: boolean;
  /** Why it cannot be sent any more: what it is about has been settled by somebody else. The text can still be copied. */
  over?: string | null;
  /** The hall's answer to the last try. */
  failure?: unknown;
  /** Asked before the words, by controls: the caret starts at the first of them, and not in the words. */
  before?: ReactNode;
  /** What has not been chosen yet, in words: sending says so and sends nothing. */
  missing?: string | null;
  children?: ReactNode;
  /** @returns whether the hall has taken it */
  onSubmit: (reason: string) => Promise<boolean>;
}) {
  const { form, most = 500, over = null, failure = null, busy = false, missing = null } = props;
  const { t } = useTranslation();
  const drafts = useDrafts();
  const copy = useCopy();
  const [sending, setSending] = useState(false);
  /** The reason with which it was pressed once; another reason is pressed anew. */
  const [pressed, setPressed] = useState<string | null>(null);
  /** It was pressed while something was missing. */
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const required = props.required ?? true;
  const reason = form.text.trim();
  const fits = charactersOver(reason, most) === 0;
  const ready = over === null && fits && !sending && !busy && (!required || reason !== '');

  useEffect(() => drafts.show(form.key), [drafts, form.key]);
  useEffect(() => {
    // Never takes the caret out of a field in which somebody is writing.
    if (document.activeElement?.matches('input[type=text], input:not([type]), textarea')) return;
    (box.current?.querySelector<HTMLElement>('input, button') ?? input.current)?.focus();
    // With its buttons, which in a small panel stand below the fold.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  useLayoutEffect(() => {
    const form = box.current;
    return () => {
      // It goes with the caret in it: the keys stay with the region that it stood in.
      if (form?.contains(document.activeElement))
        form.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true });
    };
  }, []);

  const send = async () => {
    if (!ready) return;
    setTried(missing !== null);
    if (missing !== null) return;
    if (props.twice !== undefined && pressed !== reason) {
      setPressed(reason);
      return;
    }
    setPressed(null);
    setSending(true);
    const taken = await props.onSubmit(reason).finally(() => setSending(false));
    if (taken) form.sent(reason);
  };

  return (
    <form
      ref={box}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
        event.stopPropagation();
        form.leave();
      }}
    >
      {props.before}
      <label htmlFor={id} className={styles.label}>
        {props.label}
      </label>
      <TextField
        id={id}
        ref={input}
        className={styles.input}
        value={form.text}
        most={most}
        placeholder={required ? t('common:reason.required') : t('common:reason.optional')}
        onWrite={form.write}
      />
      {props.children}
      <div className={styles.buttons}>
        {over === null ? (
          <ActionButton primary disabled={!ready} busy={busy || sending} keys="enter" onClick={() => void send()}>
            {props.submit}
          </ActionButton>
        ) : (
          <ActionButton primary icon={<IconCopy />} disabled={reason === ''} onClick={() => void copy(form.text)}>
            {t('common:draft.copy')}
          </ActionButton>
        )}
        <ActionButton keys="escape" onClick={form.leave}>
          {t(over === null ? 'common:action.cancel' : 'common:action.close')}
        </ActionButton>
      </div>
      {over === null && tried && missing !== null && (
        <p className={styles.over} role="status">
          {missing}
        </p>
      )}
      {over === null && pressed !== null && pressed === reason && (
        <p className={styles.over} role="status">
          {props.twice}
        </p>
      )}
      {over !== null && (
        <p className={styles.over} role="status">
          {over} {t('common:draft.kept')}
        </p>
      )}
      {over === null && failure !== null && (
        <div className={styles.failure}>
          <ErrorNote error={failure} reveal />
        </div>
      )}
    </form>
  );
}

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './ActionButton.tsx';
import styles from './ReasonForm.module.css';

/** Asks for a reason where it is needed, in place; Enter sends, Escape leaves. Never a dialog over an alarm. */
export function ReasonForm(props: {
  label: string;
  submit: string;
  required?: boolean;
  busy?: boolean;
  children?: ReactNode;
  onSubmit: (reason: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const required = props.required ?? true;
  const ready = !required || reason.trim() !== '';

  useEffect(() => input.current?.focus(), []);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) props.onSubmit(reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onCancel();
      }}
    >
      <label htmlFor={id} className={styles.label}>
        {props.label}
      </label>
      <input
        id={id}
        ref={input}
        className={styles.input}
        value={reason}
        maxLength={500}
        placeholder={required ? t('common:reason.required') : t('common:reason.optional')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {props.children}
      <div className={styles.buttons}>
        <ActionButton
          primary
          disabled={!ready}
          busy={props.busy ?? false}
          keys="enter"
          onClick={() => props.onSubmit(reason.trim())}
        >
          {props.submit}
        </ActionButton>
        <ActionButton keys="escape" onClick={props.onCancel}>
          {t('common:action.cancel')}
        </ActionButton>
      </div>
    </form>
  );
}

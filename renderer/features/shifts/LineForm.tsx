import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { charactersOver } from '../../desk/charactersOver.ts';
import { useDrafts, useForm } from '../../desk/DraftsProvider.tsx';
import { TextField } from '../../desk/TextField.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Shifts.module.css';

/** One line that somebody types about a handover; it stays as a draft until the hall has it. */
export function LineForm(props: {
  subject: string;
  field: string;
  label: string;
  hint: string;
  submit: string;
  most: number;
  primary?: boolean;
  /** What is wrong with it, in words; null for nothing. */
  wrong?: (text: string) => string | null;
  send: (act: ReturnType<typeof useAct>['act'], text: string) => Promise<object | undefined>;
}) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const drafts = useDrafts();
  const form = useForm(props.subject, props.field, `${t('shifts:region')} · ${props.label}`);
  const id = useId();
  useEffect(() => drafts.show(form.key), [drafts, form.key]);
  const text = form.text.trim();
  const wrong = text === '' ? null : (props.wrong?.(text) ?? null);
  const ready = text !== '' && wrong === null && charactersOver(text, props.most) === 0 && busy.size === 0;
  const send = async () => {
    if (ready && (await props.send(act, text)) !== undefined) form.sent(text);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id}>{props.label}</label>
      <div className={styles.row}>
        <TextField
          id={id}
          className={styles.input}
          value={form.text}
          most={props.most}
          wrong={wrong}
          autoComplete="off"
          placeholder={props.hint}
          onFocus={form.show}
          onBlur={form.leave}
          onWrite={form.write}
        />
        <ActionButton
          primary={props.primary ?? false}
          keys="enter"
          disabled={!ready}
          busy={busy.size > 0}
          onClick={() => void send()}
        >
          {props.submit}
        </ActionButton>
      </div>
      {failure !== null && <ErrorNote error={failure} />}
    </form>
  );
}

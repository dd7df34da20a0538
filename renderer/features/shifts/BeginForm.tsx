import { IconTransfer } from '@tabler/icons-react';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { charactersOver } from '../../desk/charactersOver.ts';
import { useDrafts, useForm } from '../../desk/DraftsProvider.tsx';
import { useMay } from '../../desk/rights.ts';
import { TextField } from '../../desk/TextField.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Shifts.module.css';

/** Characters of a name, and of notes. */
const [MOST_NAME, MOST_NOTES] = [50, 2000];

/** Begins to hand over the seat: the name of who does, and what they want to say. Both stay as drafts until the hall has them. */
export function BeginForm({ seat }: { seat: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const { act, busy, failure } = useAct({ beside: true });
  const drafts = useDrafts();
  const from = useForm(`shift:${seat}`, 'from', t('shifts:field.from'));
  const notes = useForm(`shift:${seat}`, 'notes', t('shifts:field.notes'));
  const id = useId();
  useEffect(() => {
    const hidden = [drafts.show(from.key), drafts.show(notes.key)];
    return () => {
      for (const hide of hidden) hide();
    };
  }, [drafts, from.key, notes.key]);
  if (!may.call('shifts.begin')) return null;
  const name = from.text.trim();
  const ready = name !== '' && charactersOver(name, MOST_NAME) + charactersOver(notes.text, MOST_NOTES) === 0;
  const sending = busy.has('shifts.begin');
  const send = async () => {
    if (!ready || sending) return;
    const text = notes.text.trim();
    if (!(await act('shifts.begin', { from: name, text }))) return;
    from.sent(name);
    notes.sent(text);
  };
  return (
    <form
      className={styles.form}
      aria-label={t('shifts:begin')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>{t('shifts:begin')}</h3>
      <label htmlFor={`${id}-from`}>{t('shifts:field.from')}</label>
      <TextField
        id={`${id}-from`}
        className={styles.input}
        value={from.text}
        most={MOST_NAME}
        autoComplete="off"
        placeholder={t('shifts:field.name')}
        onWrite={from.write}
      />
      <label htmlFor={`${id}-notes`}>{t('shifts:field.notes')}</label>
      <TextField
        id={`${id}-notes`}
        className={styles.words}
        rows={4}
        value={notes.text}
        most={MOST_NOTES}
        placeholder={t('shifts:field.notes-hint')}
        onWrite={notes.write}
      />
      <ActionButton
        primary
        keys="enter"
        icon={<IconTransfer />}
        disabled={!ready}
        busy={sending}
        onClick={() => void send()}
      >
        {t('shifts:begin')}
      </ActionButton>
      {failure !== null && <ErrorNote error={failure} />}
    </form>
  );
}

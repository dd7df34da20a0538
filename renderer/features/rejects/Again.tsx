import { IconArchive, IconPencil, IconRefresh } from '@tabler/icons-react';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { KEPT_BYTES, type QuarantinedView } from '../../../contract/features/rejects.ts';
import { useAct } from '../../desk/act.ts';
import { charactersOver } from '../../desk/charactersOver.ts';
import { type Form, useDrafts, useForm } from '../../desk/DraftsProvider.tsx';
import { useMay } from '../../desk/rights.ts';
import { TextField } from '../../desk/TextField.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Quarantine.module.css';
import { fromEdit, type Raw, toEdit } from './raw.ts';
import { useWhence } from './useWhence.ts';

/** Characters that are corrected in a window: what a draft keeps. */
const MOST_EDITED = 20_000;

/** Puts a message through again, as it came or corrected, or drops it; what became of it stands below, among the acts. */
export function Again({ message, raw }: { message: QuarantinedView; raw: Raw | null }) {
  const { t } = useTranslation();
  const may = useMay();
  const whence = useWhence();
  const { act, busy, failure } = useAct({ beside: true });
  const form = useForm(`quarantine:${message.id}`, 'message', t('rejects:edit-of', { source: whence(message) }));
  const drafts = useDrafts();
  if (!may.call('rejects.again')) return <p className={styles.fact}>{t('rejects:not-here')}</p>;
  const { id, door, state, length } = message;
  const whole = raw !== null && (length ?? 0) <= KEPT_BYTES;
  const given = raw === null ? '' : toEdit(raw);
  const edited = form.open && raw !== null;
  const send = async (written: string | null) => {
    const corrected = written === null || raw === null ? null : fromEdit(written, raw.is);
    if (written !== null && corrected === null) return;
    const done = await act('rejects.again', { id, ...(corrected === null ? {} : { raw: corrected }) });
    if (done && written !== null) drafts.clear(form.key);
  };
  return (
    <>
      {door !== 'feed' || raw === null ? (
        <p className={styles.fact}>{t(`rejects:never.${door}`)}</p>
      ) : (
        !whole && <p className={styles.fact}>{t('rejects:never.cut')}</p>
      )}
      {edited ? (
        <Editor form={form} is={raw.is} busy={busy.size > 0} onSend={(written) => void send(written)} />
      ) : (
        <div className={styles.buttons}>
          {door === 'feed' && whole && (
            <ActionButton
              primary={state === 'kept'}
              icon={<IconRefresh />}
              busy={busy.has('rejects.again')}
              onClick={() => void send(null)}
            >
              {t('rejects:again')}
            </ActionButton>
          )}
          {door === 'feed' && whole && given.length <= MOST_EDITED && (
            <ActionButton icon={<IconPencil />} onClick={() => drafts.open(form.key, form.about, given)}>
              {t('rejects:edit')}
            </ActionButton>
          )}
          {state !== 'dropped' && (
            <ActionButton
              icon={<IconArchive />}
              busy={busy.has('rejects.drop')}
              title={t('rejects:drop-means')}
              onClick={() => void act('rejects.drop', { id })}
            >
              {t('rejects:drop')}
            </ActionButton>
          )}
        </div>
      )}
      {failure !== null && <ErrorNote error={failure} reveal />}
    </>
  );
}

/** The message in other words; what is typed is a draft until it is put through or left. */
function Editor(props: { form: Form; is: Raw['is']; busy: boolean; onSend: (written: string) => void }) {
  const { form, is, busy, onSend } = props;
  const { t } = useTranslation();
  const drafts = useDrafts();
  const id = useId();
  useEffect(() => drafts.show(form.key), [drafts, form.key]);
  useEffect(() => document.getElementById(id)?.focus(), [id]);
  const wrong = is === 'bytes' && fromEdit(form.text, is) === null ? t('rejects:no-hex') : null;
  const ready = form.text !== '' && wrong === null && charactersOver(form.text, MOST_EDITED) === 0 && !busy;
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend(form.text);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey && ready) onSend(form.text);
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        form.leave();
      }}
    >
      <label htmlFor={id}>{t(is === 'text' ? 'rejects:corrected' : 'rejects:corrected-hex')}</label>
      <TextField
        id={id}
        className={styles.text}
        rows={10}
        spellCheck={false}
        value={form.text}
        most={MOST_EDITED}
        wrong={wrong}
        onWrite={form.write}
      />
      <div className={styles.buttons}>
        <ActionButton
          primary
          icon={<IconRefresh />}
          keys="ctrl+enter"
          disabled={!ready}
          busy={busy}
          onClick={() => onSend(form.text)}
        >
          {t('rejects:again-corrected')}
        </ActionButton>
        <ActionButton keys="escape" onClick={form.leave}>
          {t('rejects:leave')}
        </ActionButton>
      </div>
    </form>
  );
}

import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import { useAct } from '../../desk/act.ts';
import { charactersOver } from '../../desk/charactersOver.ts';
import { useDrafts, useForm } from '../../desk/DraftsProvider.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { useMay } from '../../desk/rights.ts';
import { TextField } from '../../desk/TextField.tsx';
import { Who } from '../../desk/Who.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime } from '../../ui/format.ts';
import { useEarlierNotes } from './useEarlierNotes.ts';

/** Characters of a note. */
const MOST = 2000;

/** What people have written about an incident, newest last, and a line to write the next. */
export function Notes({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const may = useMay();
  const whatAndWhere = useWhatAndWhere();
  const drafts = useDrafts();
  const form = useForm(incident.id, 'note', `${t('detail:notes.title')} · ${whatAndWhere(incident)}`);
  const [sending, setSending] = useState(false);
  useEffect(() => drafts.show(form.key), [drafts, form.key]);
  const earlier = useEarlierNotes(incident);
  const line = useRef<HTMLInputElement>(null);
  useShortcuts(
    may.call('incidents.note')
      ? [{ id: 'incidents.note', keys: [], label: 'detail:notes.add', run: () => line.current?.focus() }]
      : [],
  );
  const said = form.text.trim();
  const ready = said !== '' && charactersOver(said, MOST) === 0;
  const send = async () => {
    if (!ready || sending) return;
    setSending(true);
    const taken = await act('incidents.note', { incident: incident.id, text: said });
    setSending(false);
    if (taken) form.sent(said);
  };
  return (
    <section className={styles.section}>
      <h3>{t('detail:notes.title')}</h3>
      {earlier.failure !== null && <ErrorNote error={earlier.failure} reveal />}
      {earlier.count > 0 && (
        <button type="button" className={styles.link} disabled={earlier.busy} onClick={() => void earlier.load()}>
          {t('detail:notes.earlier', { count: earlier.count })}
        </button>
      )}
      {incident.notes.length === 0 && <p className={styles.dim}>{t('detail:notes.none')}</p>}
      <ul className={styles.notes}>
        {[...earlier.notes, ...incident.notes].map((note) => (
          <li key={note.by.event}>
            <span className={styles.dim}>
              {clockTime(note.by.at)} <Who {...note.by} />
            </span>
            <span>{note.text}</span>
          </li>
        ))}
      </ul>
      {may.call('incidents.note') && (
        <form
          className={styles.noteForm}
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <TextField
            ref={line}
            className={styles.input}
            value={form.text}
            most={MOST}
            aria-label={t('detail:notes.add')}
            placeholder={t('detail:notes.add')}
            onFocus={form.show}
            onBlur={form.leave}
            onWrite={form.write}
          />
          <ActionButton busy={busy.has('incidents.note')} disabled={!ready} onClick={() => void send()}>
            {t('detail:notes.send')}
          </ActionButton>
        </form>
      )}
      {failure !== null && <ErrorNote error={failure} />}
    </section>
  );
}

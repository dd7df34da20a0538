import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/schema/domain.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { clockTime } from '../../ui/format.ts';
import { useAct } from '../../workspace/act.ts';
import styles from './Detail.module.css';
import { useEarlierNotes } from './useEarlierNotes.ts';
import { Who } from './Who.tsx';

/** What people have written about an incident, newest last, and a line to write the next. */
export function Notes({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation();
  const { act, busy } = useAct();
  const [draft, setDraft] = useState('');
  const earlier = useEarlierNotes(incident);
  const send = async () => {
    const said = draft.trim();
    if (said === '') return;
    if (await act('incidents.note', { incident: incident.id, text: said })) setDraft('');
  };
  return (
    <section className={styles.section}>
      <h3>{t('detail:notes.title')}</h3>
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
      <form
        className={styles.noteForm}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <input
          className={styles.input}
          value={draft}
          maxLength={2000}
          aria-label={t('detail:notes.add')}
          placeholder={t('detail:notes.add')}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <ActionButton busy={busy.has('incidents.note')} disabled={draft.trim() === ''} onClick={() => void send()}>
          {t('detail:notes.send')}
        </ActionButton>
      </form>
    </section>
  );
}

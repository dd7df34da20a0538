import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../contract/features/shifts.ts';
import { useMay } from '../../desk/rights.ts';
import { Who } from '../../desk/Who.tsx';
import { dateTime } from '../../ui/format.ts';
import { LineForm } from './LineForm.tsx';
import styles from './Shifts.module.css';

/** What people wrote for whoever takes over, oldest first, and a line for the next while it is open. */
export function HandoverNotes({ handover }: { handover: HandoverView }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <section className={styles.notes} aria-label={t('shifts:notes')}>
      <h3>{t('shifts:notes')}</h3>
      {handover.earlierNotes > 0 && (
        <p className={styles.none}>{t('shifts:earlier', { count: handover.earlierNotes })}</p>
      )}
      {handover.notes.length === 0 && <p className={styles.none}>{t('shifts:none')}</p>}
      <ul>
        {handover.notes.map(({ text, by }) => (
          <li key={by.event}>
            <span className={styles.fact}>
              {dateTime(by.at)} <Who {...by} />
            </span>
            <span className={styles.said}>{text}</span>
          </li>
        ))}
      </ul>
      {handover.state === 'open' && may.call('shifts.note') && (
        <LineForm
          subject={handover.id}
          field="note"
          label={t('shifts:field.note')}
          hint={t('shifts:field.note-hint')}
          submit={t('shifts:note')}
          most={2000}
          send={(act, text) => act('shifts.note', { handover: handover.id, text })}
        />
      )}
    </section>
  );
}

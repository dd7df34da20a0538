import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../bridge/index.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { useSeatName } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { dateTime } from '../../ui/format.ts';
import styles from './Shifts.module.css';
import { shiftDesk } from './shiftDesk.ts';

const PAGE = 50;
const MOST = 200;

/** Handovers of every seat, the newest first; one is looked at by choosing it. */
export function PastHandovers() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const seatName = useSeatName();
  const shown = useSlice(shiftDesk, (state) => state.shown);
  const [limit, setLimit] = useState(PAGE);
  const { rows, more, error } = useQuery('shifts.list', { limit });
  const look = (id: string) => desk.getState().setIn(shiftDesk, { shown: id });
  const move = (by: 1 | -1) => {
    const at = rows?.findIndex(({ id }) => id === shown) ?? -1;
    const to = rows?.[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (to) look(to.id);
  };
  const key = { scope: 'shift', overControl: true, repeats: true, label: 'shifts:key.past' } as const;
  useShortcuts([
    { ...key, id: 'shift.down', keys: ['arrowdown'], run: () => move(1) },
    { ...key, id: 'shift.up', keys: ['arrowup'], unlisted: true, run: () => move(-1) },
  ]);
  return (
    <section className={styles.past} aria-label={t('shifts:past')}>
      <h3>{t('shifts:past')}</h3>
      {error !== null && <ErrorNote error={error} />}
      {rows?.length === 0 && <p className={styles.none}>{t('shifts:past-none')}</p>}
      <ul>
        {rows?.map((row) => (
          <li key={row.id}>
            <button type="button" className={styles.line} aria-pressed={row.id === shown} onClick={() => look(row.id)}>
              <span className={styles.name}>
                {dateTime(row.begunAt)} · {seatName(row.seat)}
              </span>
              <span className={styles.fact}>{t(`shifts:who.${row.state}`, { from: row.from, to: row.to ?? '' })}</span>
              {row.unseen > 0 && <span className={styles.bad}>{t('shifts:fact.unseen', { count: row.unseen })}</span>}
            </button>
          </li>
        ))}
      </ul>
      {more !== null && limit < MOST && (
        <button type="button" className={styles.moreButton} onClick={() => setLimit(MOST)}>
          {t('shifts:past-more')}
        </button>
      )}
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { useQuery } from '../../bridge/index.ts';
import { useSeats } from '../../desk/seats.ts';
import { useSeatName } from '../../desk/words.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { dayBeside, type LogFilter, SORTS, type Sort, seatsToChoose } from './dutyLog.ts';
import styles from './Shifts.module.css';

/** What the log is asked for. `id` names the field for words, which a key goes to. */
export function LogFilters(props: { id: string; filter: LogFilter; onAsk: (part: Partial<LogFilter>) => void }) {
  const { id, filter, onAsk } = props;
  const { t } = useTranslation();
  const seatName = useSeatName();
  const occurring = useQuery('log.seats', {}).rows;
  const seats = seatsToChoose(
    useSeats(),
    (occurring ?? []).map(({ seat }) => seat),
    filter.seat,
  );
  return (
    <search className={styles.filters}>
      <ActionButton keys="," onClick={() => onAsk({ day: dayBeside(filter.day, -1) })}>
        {t('shifts:log.day-before')}
      </ActionButton>
      <input
        type="date"
        className={styles.field}
        aria-label={t('shifts:log.day')}
        value={filter.day}
        onChange={(event) => onAsk({ day: event.currentTarget.value })}
      />
      <ActionButton keys="." onClick={() => onAsk({ day: dayBeside(filter.day, 1) })}>
        {t('shifts:log.day-after')}
      </ActionButton>
      <ActionButton disabled={filter.day === ''} onClick={() => onAsk({ day: '' })}>
        {t('shifts:log.every-day')}
      </ActionButton>
      <select
        className={styles.field}
        aria-label={t('shifts:log.kind')}
        value={filter.sort}
        onChange={(event) => onAsk({ sort: event.currentTarget.value as Sort })}
      >
        {(Object.keys(SORTS) as Sort[]).map((sort) => (
          <option key={sort} value={sort}>
            {t(`shifts:sort.${sort}`)}
          </option>
        ))}
      </select>
      <select
        className={styles.field}
        aria-label={t('shifts:field.seat')}
        value={filter.seat}
        onChange={(event) => onAsk({ seat: event.currentTarget.value })}
      >
        <option value="">{t('shifts:log.every-seat')}</option>
        {seats.map((seat) => (
          <option key={seat} value={seat}>
            {seatName(seat)}
          </option>
        ))}
      </select>
      <input
        id={`${id}-text`}
        type="search"
        className={styles.input}
        aria-label={t('shifts:log.words')}
        placeholder={t('shifts:log.words-hint')}
        value={filter.text}
        onChange={(event) => onAsk({ text: event.currentTarget.value })}
      />
    </search>
  );
}

import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import { LEVELS } from '../queue/lines.ts';
import { NO_PAST, setPast, showPast, useQueue, useQueueStore } from '../queue/queueStore.ts';
import { useWaiting } from '../useWaiting.ts';
import styles from './Past.module.css';
import { type PastShown, SHOWN } from './shown.ts';
import { NUISANCE_SPANS, SPANS, type Span } from './spans.ts';
import type { Past } from './usePast.ts';

/** Which list is shown, the way back to the queue with how many wait there, and what is looked for. */
export function PastBar({ shown, past }: { shown: PastShown; past: Past }) {
  const { t } = useTranslation();
  const queue = useQueueStore();
  const { words, span, date, level } = useQueue((state) => state.past);
  const field = useRef<HTMLInputElement>(null);
  const waiting = useWaiting();
  const spans: readonly Span[] = shown === 'history' ? SPANS : NUISANCE_SPANS;
  const next = <T,>(list: readonly T[], now: T): T => list[(list.indexOf(now) + 1) % list.length] as T;

  const key = { scope: 'alarms' } as const;
  useShortcuts([
    ...LEVELS.map((each) => ({
      ...{
        ...key,
        id: `alarm.past-level-${each}`,
        keys: [String(each)],
        label: 'alarms:key.level',
        unlisted: each > 1,
      },
      enabled: () => shown === 'history',
      run: () => setPast(queue, { level: queue.getState().past.level === each ? null : each }),
    })),
    {
      ...{ ...key, id: 'alarm.past-words', keys: ['f'], label: 'alarms:key.words' },
      enabled: () => shown === 'history',
      run: () => field.current?.focus(),
    },
    {
      ...{ ...key, id: 'alarm.past-span', keys: ['p'], label: 'alarms:key.span' },
      run: () => setPast(queue, { span: next(spans, queue.getState().past.span) }),
    },
    {
      ...{ ...key, id: 'alarm.past-list', keys: ['t'], label: 'alarms:key.past-list' },
      run: () => showPast(queue, next(SHOWN, shown)),
    },
    { ...key, id: 'alarm.past-all', keys: ['0'], label: 'alarms:key.all', run: () => setPast(queue, NO_PAST) },
    { ...key, id: 'alarm.past-leave', keys: ['escape'], label: 'alarms:key.queue', run: () => showPast(queue, null) },
  ]);

  return (
    <fieldset className={styles.bar} aria-label={t('alarms:past.title')}>
      <button type="button" className={styles.back} onClick={() => showPast(queue, null)}>
        {t(waiting > 0 ? 'alarms:past.back-waiting' : 'alarms:past.back', { n: waiting })}
      </button>
      <select
        aria-label={t('alarms:past.list')}
        value={shown}
        onChange={({ target }) => showPast(queue, target.value as PastShown)}
      >
        {SHOWN.map((each) => (
          <option key={each} value={each}>
            {t(`alarms:past.shown.${each}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('alarms:past.span-title')}
        value={spans.includes(span) ? span : 'day'}
        onChange={({ target }) => setPast(queue, { span: target.value as Span })}
      >
        {spans.map((each) => (
          <option key={each} value={each}>
            {t(`alarms:past.span.${each}`)}
          </option>
        ))}
      </select>
      {shown === 'history' && span === 'date' && (
        <input
          type="date"
          aria-label={t('alarms:past.date')}
          value={date}
          onChange={({ target }) => setPast(queue, { date: target.value })}
        />
      )}
      {shown === 'history' && (
        <>
          <select
            aria-label={t('alarms:column.level')}
            value={level ?? ''}
            onChange={({ target }) =>
              setPast(queue, { level: LEVELS.find((each) => String(each) === target.value) ?? null })
            }
          >
            <option value="">{t('alarms:past.all-levels')}</option>
            {LEVELS.map((each) => (
              <option key={each} value={each}>
                {t(`common:level.name.${each}`)}
              </option>
            ))}
          </select>
          <input
            ref={field}
            type="search"
            aria-label={t('alarms:filter.words')}
            placeholder={t('alarms:past.words-hint')}
            value={words}
            onChange={({ target }) => setPast(queue, { words: target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== 'Escape') return;
              event.preventDefault();
              event.stopPropagation();
              if (event.key === 'Escape') setPast(queue, { words: '' });
              event.currentTarget.closest<HTMLElement>('[data-region]')?.focus();
            }}
          />
        </>
      )}
      {past.rows !== null && (
        <span className={styles.count} role="status">
          {t(past.total.exact ? 'alarms:past.count' : 'alarms:past.count-more', { count: past.total.count })}
        </span>
      )}
    </fieldset>
  );
}

import { IconFilterOff, IconHistory } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NUMERAL } from '../../../../core/words.ts';
import { useTopic } from '../../../bridge/index.ts';
import { useLang } from '../../../i18n/index.ts';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { useAcknowledge } from '../useAcknowledge.ts';
import { countsOf, GROUPINGS, LEVELS, type Line, NO_FILTER, ORDERS } from './lines.ts';
import styles from './QueueBar.module.css';
import { setFilter, showPast, useQueue, useQueueStore } from './queueStore.ts';
import { useGroupName } from './useGroupName.ts';

/** What stands in the queue by level and kind, which of it is shown, in which order and in which groups. */
export function QueueBar({ shown }: { shown: readonly Line[] }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const alarms = useTopic('alarms');
  const queue = useQueueStore();
  const { order, grouping, filter, asked } = useQueue((state) => state);
  const counts = useMemo(() => countsOf(alarms.values()), [alarms]);
  const words = useRef<HTMLInputElement>(null);
  const filtered = filter.levels.length > 0 || filter.rule !== null || filter.words !== '';

  const turnLevel = (level: (typeof LEVELS)[number]) => {
    const { levels } = queue.getState().filter;
    setFilter(queue, { levels: levels.includes(level) ? levels.filter((each) => each !== level) : [...levels, level] });
  };
  const all = () => setFilter(queue, NO_FILTER);
  const next = <T,>(list: readonly T[], now: T): T => list[(list.indexOf(now) + 1) % list.length] as T;

  const key = { scope: 'alarms', unlisted: true } as const;
  useShortcuts([
    ...LEVELS.map((level) => ({
      ...{ ...key, id: `alarm.level-${level}`, keys: [String(level)], label: 'alarms:key.level' },
      ...{ unlisted: level > 1, run: () => turnLevel(level) },
    })),
    { ...key, id: 'alarm.all', keys: ['0'], label: 'alarms:key.all', unlisted: false, run: all },
    {
      ...{ ...key, id: 'alarm.words', keys: ['f'], label: 'alarms:key.words', unlisted: false },
      run: () => words.current?.focus(),
    },
    {
      ...{ ...key, id: 'alarm.grouping', keys: ['t'], label: 'alarms:key.grouping', unlisted: false },
      run: () => queue.setState({ grouping: next(GROUPINGS, queue.getState().grouping), group: null, asked: null }),
    },
    {
      ...{ ...key, id: 'alarm.order', keys: ['p'], label: 'alarms:key.order', unlisted: false },
      run: () => queue.setState({ order: next(ORDERS, queue.getState().order) }),
    },
    {
      ...{ ...key, id: 'alarm.not-asked', keys: ['escape'], label: 'alarms:group.cancel' },
      ...{ enabled: () => queue.getState().asked !== null, run: () => queue.setState({ asked: null }) },
    },
  ]);

  return (
    <>
      <fieldset className={styles.bar} aria-label={t('alarms:filter.title')}>
        <span className={styles.levels}>
          {LEVELS.map((level) => (
            <button
              key={level}
              type="button"
              className={styles.level}
              data-level={level}
              aria-pressed={filter.levels.includes(level)}
              aria-label={`${NUMERAL[level]} ${counts.levels[level]} ${t(`common:level.short.${level}`)}`}
              title={t('alarms:filter.level-title')}
              onClick={() => turnLevel(level)}
            >
              {NUMERAL[level]} <b>{counts.levels[level]}</b>
            </button>
          ))}
        </span>
        <select
          aria-label={t('alarms:filter.kind')}
          value={filter.rule ?? ''}
          onChange={({ target }) => setFilter(queue, { rule: target.value === '' ? null : target.value })}
        >
          <option value="">{t('alarms:filter.all-kinds', { n: counts.all })}</option>
          {counts.kinds.map(({ rule, title, count }) => (
            <option key={rule} value={rule}>
              {`${text(title)} ×${count}`}
            </option>
          ))}
        </select>
        <select
          aria-label={t('alarms:grouping.title')}
          value={grouping}
          onChange={({ target }) =>
            queue.setState({ grouping: target.value as typeof grouping, group: null, asked: null })
          }
        >
          {GROUPINGS.map((each) => (
            <option key={each} value={each}>
              {t(`alarms:grouping.${each}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('alarms:order.title')}
          value={order}
          onChange={({ target }) => queue.setState({ order: target.value as typeof order })}
        >
          {ORDERS.map((each) => (
            <option key={each} value={each}>
              {t(`alarms:order.${each}`)}
            </option>
          ))}
        </select>
        <input
          ref={words}
          type="search"
          aria-label={t('alarms:filter.words')}
          placeholder={t('alarms:filter.words-hint')}
          value={filter.words}
          onChange={({ target }) => setFilter(queue, { words: target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            if (event.key === 'Escape') setFilter(queue, { words: '' });
            event.currentTarget.closest<HTMLElement>('[data-region]')?.focus();
          }}
        />
        {filtered && (
          <button type="button" className={styles.all} onClick={all} title={t('alarms:filter.clear')}>
            <IconFilterOff size="1rem" aria-hidden="true" />
            {t('alarms:filter.shown', { n: shownOf(shown), all: counts.all })}
          </button>
        )}
        <button
          type="button"
          className={styles.past}
          title={t('alarms:past.shown.history')}
          aria-label={t('alarms:past.shown.history')}
          onClick={() => showPast(queue, 'history')}
        >
          <IconHistory size="1rem" aria-hidden="true" />
        </button>
      </fieldset>
      {asked !== null && <Asked shown={shown} group={asked.group} count={asked.seen.length} />}
    </>
  );
}

const shownOf = (lines: readonly Line[]) =>
  lines.reduce((sum, line) => sum + ('group' in line ? line.group.alarms.length : line.within === null ? 1 : 0), 0);

/** What the second press will do. */
function Asked({ shown, group, count }: { shown: readonly Line[]; group: string; count: number }) {
  const { t } = useTranslation();
  const queue = useQueueStore();
  const acknowledge = useAcknowledge();
  const groupName = useGroupName();
  const line = shown.find(({ id }) => id === group);
  return (
    <div className={styles.asked} role="status">
      <span>{t('alarms:group.ask', { name: line && 'group' in line ? groupName(line.group) : '', count })}</span>
      <ActionButton primary keys="space" onClick={acknowledge.asked}>
        {t('alarms:group.acknowledge', { count })}
      </ActionButton>
      <ActionButton keys="escape" onClick={() => queue.setState({ asked: null })}>
        {t('alarms:group.cancel')}
      </ActionButton>
    </div>
  );
}

import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../../contract/features/log.ts';
import { useQuery } from '../../bridge/index.ts';
import { useDeskStore, useSelect, useSlice } from '../../desk/DeskProvider.tsx';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime, dateTime } from '../../ui/format.ts';
import { useNow } from '../../ui/ticker.tsx';
import { dayBeside, dayOf, type LogFilter, logQuery, selectionOf, zoneOf } from './dutyLog.ts';
import { LogFilters } from './LogFilters.tsx';
import { LogTimeline } from './LogTimeline.tsx';
import styles from './Shifts.module.css';
import { shiftDesk } from './shiftDesk.ts';
import { type LogWords, useLogWords } from './useLogWords.ts';

/** What happened, the newest first: by day, seat, kind and words. Choosing a line selects its thing and shows that thing's timeline. */
export function DutyLog() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const select = useSelect();
  const now = useNow();
  const kept = useSlice(shiftDesk, (state) => state.log);
  const filter: LogFilter = { ...kept, day: kept.day ?? dayOf(now) };
  /** Where each page begins that was turned to; the first begins nowhere. */
  const [pages, setPages] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<LogRow | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { rows, total, more, fresh, error } = useQuery('log.list', logQuery(filter, pages.at(-1) ?? null));

  const say = useLogWords(rows);

  const ask = (part: Partial<LogFilter>) => {
    desk.getState().setIn(shiftDesk, { log: { ...kept, ...part } });
    setPages([]);
  };
  const older = () => more !== null && fresh && setPages([...pages, more]);
  const newer = () => setPages(pages.slice(0, -1));
  const choose = (row: LogRow | undefined) => {
    if (!row) return;
    setChosen(row);
    const selection = selectionOf(row.subject);
    if (selection) select(selection);
  };
  const move = (by: 1 | -1) => {
    const at = rows?.findIndex((row) => row.id === chosen?.id) ?? -1;
    choose(at < 0 ? rows?.[0] : rows?.[at + by]);
  };
  // A list of choices and a day have arrows of their own.
  const enabled = () => !document.activeElement?.matches('select, input');
  const turn = { scope: 'log', overControl: true, enabled } as const;
  const key = { ...turn, repeats: true } as const;
  useShortcuts([
    { ...key, id: 'log.down', keys: ['arrowdown'], label: 'shifts:key.line', run: () => move(1) },
    { ...key, id: 'log.up', keys: ['arrowup'], label: 'shifts:key.line', unlisted: true, run: () => move(-1) },
    { ...turn, id: 'log.older', keys: ['pagedown'], label: 'shifts:key.older', run: older },
    { ...turn, id: 'log.newer', keys: ['pageup'], label: 'shifts:key.newer', run: newer },
    {
      ...{ id: 'log.before', keys: [','], scope: 'log', label: 'shifts:key.day-before' },
      run: () => ask({ day: dayBeside(filter.day, -1) }),
    },
    {
      ...{ id: 'log.after', keys: ['.'], scope: 'log', label: 'shifts:key.day-after' },
      run: () => ask({ day: dayBeside(filter.day, 1) }),
    },
    {
      ...{ id: 'log.words', keys: ['f'], scope: 'log', label: 'shifts:key.words' },
      run: () => document.getElementById(`${id}-text`)?.focus(),
    },
  ]);
  // The list stays under the hands: what is marked comes into sight.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <div className={styles.log}>
      <LogFilters id={id} filter={filter} onAsk={ask} />
      <p className={styles.count} role="status">
        {t(total.exact ? 'shifts:log.count' : 'shifts:log.count-more', { count: total.count })}
        {' · '}
        {t('shifts:log.zone', { zone: zoneOf(now) })}
      </p>
      {error !== null && <ErrorNote error={error} />}
      <div className={styles.logBody}>
        <div className={styles.logMain}>
          <div
            ref={list}
            className={styles.lines}
            role="listbox"
            tabIndex={0}
            aria-label={t('shifts:log.region')}
            aria-activedescendant={chosen && rows?.includes(chosen) ? `${id}-${chosen.id}` : undefined}
          >
            {rows?.map((row) => (
              <Line
                key={row.id}
                id={`${id}-${row.id}`}
                row={row}
                words={say(row)}
                whole={filter.day === ''}
                chosen={row.id === chosen?.id}
                onChoose={() => choose(row)}
              />
            ))}
          </div>
          {rows?.length === 0 && <p className={styles.none}>{t('shifts:log.nothing')}</p>}
          {rows === null && error === null && <p className={styles.none}>{t('common:loading')}</p>}
          <div className={styles.pages}>
            <ActionButton keys="pageup" disabled={pages.length === 0} onClick={newer}>
              {t('shifts:log.newer')}
            </ActionButton>
            <span className={styles.fact}>{t('shifts:log.page', { page: pages.length + 1 })}</span>
            <ActionButton keys="pagedown" disabled={more === null || !fresh} onClick={older}>
              {t('shifts:log.older')}
            </ActionButton>
          </div>
        </div>
        {chosen !== null && <LogTimeline key={chosen.subject} subject={chosen.subject} />}
      </div>
    </div>
  );
}

function Line(props: {
  id: string;
  row: LogRow;
  words: LogWords;
  whole: boolean;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { row, words } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which is chosen
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div id={props.id} className={styles.logLine} role="option" aria-selected={props.chosen} onClick={props.onChoose}>
      <time dateTime={new Date(row.at).toISOString()} title={dateTime(row.at)}>
        {props.whole ? dateTime(row.at) : clockTime(row.at)}
      </time>
      <span className={styles.what}>{words.what}</span>
      <span className={styles.name}>{words.about}</span>
      <span className={styles.fact}>{words.who}</span>
    </div>
  );
}

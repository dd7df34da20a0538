import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectView } from '../../../contract/features/rejects.ts';
import { useQuery } from '../../bridge/index.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { dateTime } from '../../ui/format.ts';
import { Export } from './Export.tsx';
import { Filters } from './Filters.tsx';
import { Message } from './Message.tsx';
import styles from './Quarantine.module.css';
import { type QuarantineFilter, quarantineDesk, whichOf } from './quarantineDesk.ts';
import { useWhence } from './useWhence.ts';

const PAGE = 50;

/** What was refused at the hall's doors, the newest first; of the chosen one the whole message, and what can be done with it. */
export function Quarantine() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const { filter, message } = useSlice(quarantineDesk, (state) => state);
  /** Where each page begins that was turned to; the first begins nowhere. */
  const [pages, setPages] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const after = pages.at(-1);
  const which = whichOf(filter);
  const { rows, total, more, fresh, error } = useQuery('rejects.list', {
    ...{ ...which, limit: PAGE },
    ...(after === undefined ? {} : { after }),
  });

  const ask = (part: Partial<QuarantineFilter>) => {
    desk.getState().setIn(quarantineDesk, { filter: { ...filter, ...part } });
    setPages([]);
  };
  const older = () => more !== null && fresh && setPages([...pages, more]);
  const newer = () => setPages(pages.slice(0, -1));
  const choose = (row: RejectView | undefined) => {
    if (!row) return;
    setChosen(row.id);
    desk.getState().setIn(quarantineDesk, { message: row.of });
  };
  const move = (by: 1 | -1) => {
    const at = rows?.findIndex((row) => row.id === chosen) ?? -1;
    choose(at < 0 ? rows?.[0] : rows?.[at + by]);
  };
  // A list of choices, a text and what scrolls have arrows of their own.
  const enabled = () => !document.activeElement?.matches('select, input, textarea, section');
  const turn = { scope: 'quarantine', overControl: true, enabled } as const;
  const key = { ...turn, repeats: true } as const;
  useShortcuts([
    { ...key, id: 'quarantine.down', keys: ['arrowdown'], label: 'rejects:key.line', run: () => move(1) },
    { ...key, id: 'quarantine.up', keys: ['arrowup'], label: 'rejects:key.line', unlisted: true, run: () => move(-1) },
    { ...turn, id: 'quarantine.older', keys: ['pagedown'], label: 'rejects:key.older', run: older },
    { ...turn, id: 'quarantine.newer', keys: ['pageup'], label: 'rejects:key.newer', run: newer },
    {
      ...{ id: 'quarantine.words', keys: ['f'], scope: 'quarantine', label: 'rejects:key.words' },
      run: () => document.getElementById(`${id}-reason`)?.focus(),
    },
  ]);
  // The list stays under the hands: what is marked comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is another one that is marked
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  return (
    <div className={styles.region}>
      <Filters id={id} filter={filter} onAsk={ask} />
      <div className={styles.head}>
        <p className={styles.fact} role="status">
          {t(total.exact ? 'rejects:count' : 'rejects:count-more', { count: total.count })}
        </p>
        <Export which={which} none={total.count === 0} />
      </div>
      {error !== null && <ErrorNote error={error} />}
      <div className={styles.body}>
        <div className={styles.main}>
          <div
            ref={list}
            className={styles.lines}
            role="listbox"
            tabIndex={0}
            aria-label={t('rejects:region')}
            aria-activedescendant={rows?.some((row) => row.id === chosen) ? `${id}-${chosen}` : undefined}
          >
            {rows?.map((row) => (
              <Line
                key={row.id}
                id={`${id}-${row.id}`}
                row={row}
                chosen={row.id === chosen || (chosen === null && row.of !== null && row.of === message)}
                onChoose={() => choose(row)}
              />
            ))}
          </div>
          {rows?.length === 0 && <p className={styles.fact}>{t('rejects:nothing')}</p>}
          {rows === null && error === null && <p className={styles.fact}>{t('common:loading')}</p>}
          <div className={styles.pages}>
            <ActionButton keys="pageup" disabled={pages.length === 0} onClick={newer}>
              {t('rejects:newer')}
            </ActionButton>
            <span className={styles.fact}>{t('rejects:page', { page: pages.length + 1 })}</span>
            <ActionButton keys="pagedown" disabled={more === null || !fresh} onClick={older}>
              {t('rejects:older')}
            </ActionButton>
          </div>
        </div>
        {message === null ? (
          <p className={styles.empty}>{t(chosen === null ? 'rejects:choose' : 'rejects:in-memory')}</p>
        ) : (
          <Message key={message} id={message} />
        )}
      </div>
    </div>
  );
}

function Line(props: { id: string; row: RejectView; chosen: boolean; onChoose: () => void }) {
  const { row } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const whence = useWhence();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which is chosen
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div id={props.id} className={styles.line} role="option" aria-selected={props.chosen} onClick={props.onChoose}>
      <time dateTime={new Date(row.at).toISOString()}>{dateTime(row.at)}</time>
      <span className={styles.source}>{whence(row)}</span>
      <span className={styles.state} data-state={row.state}>
        {t(`rejects:state.${row.state}`)}
      </span>
      <span className={styles.reason}>
        {row.path !== '' && <code>{row.path}</code>} {text(row.message)}
      </span>
    </div>
  );
}

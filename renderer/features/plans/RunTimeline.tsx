import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView, TimelineEntry } from '../../../contract/features/plans.ts';
import { useCall } from '../../bridge/index.ts';
import { Who } from '../../desk/Who.tsx';
import { useLang } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime, countdown } from '../../ui/format.ts';
import styles from './Run.module.css';

/** The run as the ledger tells it: every event, in the order all stations agree on. */
export function RunTimeline({ run }: { run: RunView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const call = useCall();
  const [entries, setEntries] = useState<readonly TimelineEntry[] | null>(null);
  const [error, setError] = useState<unknown>(null);

  const load = useCallback(() => {
    let gone = false;
    setError(null);
    const read = async () => {
      const all: TimelineEntry[] = [];
      for (let from: number | null = 0; from !== null && !gone; ) {
        const answer: { entries: TimelineEntry[]; next: number | null } = await call('runs.timeline', {
          run: run.id,
          from,
        });
        all.push(...answer.entries);
        from = answer.next;
      }
      return all;
    };
    read().then(
      (all) => !gone && setEntries(all),
      (cause: unknown) => !gone && setError(cause),
    );
    return () => {
      gone = true;
    };
  }, [call, run.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the run has written to the ledger
  useEffect(load, [load, run]);

  if (error !== null) return <ErrorNote error={error} onRetry={load} />;
  if (entries === null) return <div className={styles.loading}>{t('common:loading')}</div>;
  if (entries.length === 0) return <EmptyState title={t('plans:timeline.none')} />;
  const start = entries[0]?.at ?? 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has nothing else that takes the keys
    <ol className={styles.timeline} aria-label={t('plans:timeline.title')} tabIndex={0}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at)}</time>
          <span className={styles.timelineOffset}>+{countdown(entry.at - start)}</span>
          <span>{text(entry.text)}</span>
          <span className={styles.timelineWho}>
            <Who actor={entry.actor} station={entry.station} />
          </span>
        </li>
      ))}
    </ol>
  );
}

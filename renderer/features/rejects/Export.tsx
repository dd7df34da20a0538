import { IconDownload, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Which } from '../../../contract/features/rejects.ts';
import { useBridge } from '../../bridge/index.ts';
import { download } from '../../desk/download.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { ndjsonOf } from './ndjson.ts';
import styles from './Quarantine.module.css';

/** Takes what fits along as a file: a line of JSON for each message, with all that is known of it. */
export function Export({ which, none }: { which: Which; none: boolean }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [count, setCount] = useState<number | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);

  const start = async () => {
    const way = new AbortController();
    under.current = way;
    setCount(0);
    setDone(null);
    setFailure(null);
    try {
      const lines = await ndjsonOf(bridge, which, setCount, way.signal);
      const at = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '');
      download(`quarantine-${at}.ndjson`, lines, 'application/x-ndjson');
      setDone(lines.length);
    } catch (error) {
      if (!way.signal.aborted) setFailure(error);
    } finally {
      setCount(null);
    }
  };

  return (
    <>
      {count === null ? (
        <ActionButton
          icon={<IconDownload />}
          disabled={none}
          title={t('rejects:export.means')}
          onClick={() => void start()}
        >
          {t('rejects:export.start')}
        </ActionButton>
      ) : (
        <ActionButton icon={<IconX />} onClick={() => under.current?.abort()}>
          {t('rejects:export.cancel', { count })}
        </ActionButton>
      )}
      {done !== null && (
        <span className={styles.fact} role="status">
          {t('rejects:export.done', { count: done })}
        </span>
      )}
      {failure !== null && <ErrorNote error={failure} reveal />}
    </>
  );
}

import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantinedView } from '../../../contract/features/rejects.ts';
import { useQuery } from '../../bridge/index.ts';
import { useLang } from '../../i18n/index.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { dateTime } from '../../ui/format.ts';
import { Acts } from './Acts.tsx';
import { Again } from './Again.tsx';
import styles from './Quarantine.module.css';
import { dumpOf, type Raw, readRaw } from './raw.ts';
import { useWhence } from './useWhence.ts';

/** One message that was refused: what is wrong with it, what came, what can be done with it, and what was. */
export function Message({ id }: { id: string }) {
  const { t } = useTranslation();
  const { rows, error } = useQuery('rejects.messages', { id, limit: 1 });
  const message = rows?.[0];
  if (error !== null) return <ErrorNote error={error} />;
  if (message === undefined)
    return <p className={styles.empty}>{t(rows === null ? 'common:loading' : 'rejects:made-room')}</p>;
  return <Known message={message} />;
}

function Known({ message }: { message: QuarantinedView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const whence = useWhence();
  const heading = useId();
  const raw = message.raw === null ? null : readRaw(message.raw);
  return (
    <section className={styles.message} aria-labelledby={heading}>
      <div className={styles.head}>
        <h3 id={heading}>{whence(message)}</h3>
        <span className={styles.state} data-state={message.state}>
          {t(`rejects:state.${message.state}`)}
        </span>
        <time dateTime={new Date(message.at).toISOString()}>{dateTime(message.at)}</time>
      </div>
      <ul className={styles.refusals}>
        {message.refusals.map((refusal) => (
          <li key={`${refusal.path} ${refusal.message.en} ${refusal.excerpt}`}>
            {refusal.path !== '' && <code>{refusal.path}</code>} {text(refusal.message)}
            <span className={styles.fact}>{text(refusal.remedy)}</span>
          </li>
        ))}
      </ul>
      <Again message={message} raw={raw} />
      <Acts acts={message.acts} />
      <Came message={message} raw={raw} />
    </section>
  );
}

/** What came, as text or in hex; where only its excerpt is kept, that. */
function Came({ message, raw }: { message: QuarantinedView; raw: Raw | null }) {
  const { t } = useTranslation();
  const label = useId();
  const { length, topic, refusals } = message;
  const kept = message.raw === null ? 0 : lengthOf(message.raw);
  const shown =
    raw === null ? refusals.map(({ excerpt }) => excerpt).join('\n') : raw.is === 'text' ? raw.text : dumpOf(raw.bytes);
  return (
    <>
      <h4 id={label}>{t('rejects:came')}</h4>
      <p className={styles.fact}>
        {length === null
          ? t('rejects:excerpt-only')
          : t(kept < length ? 'rejects:length-cut' : 'rejects:length', { length, kept })}
        {raw?.is === 'bytes' && ` · ${t('rejects:in-hex')}`}
        {topic !== null && (
          <>
            {' · '}
            {t('rejects:topic')} <code>{topic}</code>
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys */}
      <section className={styles.raw} tabIndex={0} aria-labelledby={label}>
        <pre>{shown}</pre>
      </section>
    </>
  );
}

/** Bytes of what base64 says. */
function lengthOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type FeedTrialView,
  TRIAL_S,
  TRIED_MESSAGES,
  type TriedMessage,
} from '../../../../contract/features/setupFeedTrial.ts';
import { useLang } from '../../../i18n/index.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { Age } from '../../../ui/Age.tsx';
import { age, dateTime } from '../../../ui/format.ts';
import { useArrival } from '../import/useArrival.ts';
import styles from './Trial.module.css';

/** A clock that is further off than this is worth a word. */
const CLOCK_OFF_MS = 2000;

/** What a feed heard while it was tried: each message as it came, and as the hall would take it. */
export function TrialPane(props: { view: FeedTrialView; onEnd: () => void; onAdd: (device: string) => void }) {
  const { view, onEnd, onAdd } = props;
  const { t } = useTranslation();
  const { lang, text } = useLang();
  const heading = useId();
  const arrival = useArrival<HTMLHeadingElement>();
  const underWay = view.phase === 'under-way';
  const offset = view.clockOffsetMs;
  return (
    <section className={styles.trial} aria-labelledby={heading}>
      <header className={styles.head}>
        <h4 id={heading} ref={arrival} tabIndex={-1}>
          {t('setup:trial.title')}
        </h4>
        {underWay && (
          <>
            <progress
              className={styles.progress}
              aria-label={t('setup:trial.title')}
              max={TRIED_MESSAGES}
              value={view.messages.length}
            />
            <ActionButton icon={<IconX />} onClick={onEnd}>
              {t('setup:trial.end')}
            </ActionButton>
          </>
        )}
      </header>
      <p role="status" className={styles.verdict} data-good={view.taken > 0 || undefined}>
        <Verdict view={view} />
      </p>
      {view.fault !== null && (
        <p className={styles.fault}>
          {t(`strip:feed.fault.${view.fault}`)}
          {view.error && <span className={styles.quiet}> {text(view.error)}</span>}
        </p>
      )}
      {offset !== null && Math.abs(offset) > CLOCK_OFF_MS && (
        <p className={styles.fault}>
          {t(offset > 0 ? 'setup:trial.ahead' : 'setup:trial.behind', { span: age(Math.abs(offset), lang) })}
        </p>
      )}
      {view.strangers.length > 0 && <Strangers devices={view.strangers} onAdd={onAdd} />}
      {view.messages.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by arrows too
        <ol className={styles.messages} tabIndex={0} aria-labelledby={heading}>
          {view.messages.map((message) => (
            <Message key={message.number} message={message} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** How it stands, and of what was not heard why that may be. */
function Verdict({ view }: { view: FeedTrialView }) {
  const { t } = useTranslation();
  const { phase, messages, taken, refused, taps, listens, connected, fault, endsAt } = view;
  const heard = messages.length;
  const words = { heard, of: TRIED_MESSAGES, taken, refused, seconds: TRIAL_S, at: listens ?? '', feed: taps ?? '' };
  if (phase === 'under-way')
    return (
      <>
        {t(heard > 0 ? 'setup:trial.so-far' : waitKey(view), words)} <Left until={endsAt} />
      </>
    );
  if (heard > 0) return t('setup:trial.came', words);
  if (phase === 'ended') return t('setup:trial.ended', words);
  if (phase === 'cannot' || fault !== null) return t('setup:trial.no-connection', words);
  if (listens !== null && connected === 0) return t('setup:trial.nobody-dialled', words);
  return t(taps === null ? 'setup:trial.silent' : 'setup:trial.tap-silent', words);
}

function waitKey({ taps, listens, connected }: FeedTrialView): string {
  if (taps !== null) return 'setup:trial.waits-tap';
  if (listens === null) return 'setup:trial.waits';
  return connected === 0 ? 'setup:trial.waits-dial' : 'setup:trial.waits';
}

function Left({ until }: { until: number }) {
  const { t } = useTranslation();
  return <span className={styles.quiet}>{t('setup:trial.until', { at: dateTime(until).slice(-8) })}</span>;
}

/** Devices that the file does not name: each is put into it by a press, and its sensor is filled in there. */
function Strangers({ devices, onAdd }: { devices: readonly string[]; onAdd: (device: string) => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className={styles.fault}>{t('setup:trial.strangers', { count: devices.length })}</p>
      <ul className={styles.strangers}>
        {devices.map((device) => (
          <li key={device}>
            <code>{device}</code>
            <ActionButton
              icon={<IconPlus />}
              label={t('setup:trial.add-name', { device })}
              onClick={() => onAdd(device)}
            >
              {t('setup:trial.add')}
            </ActionButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Message({ message }: { message: TriedMessage }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { number, at, from, raw, isText, bytes, records, recordCount, refusals, refusalCount } = message;
  const head = [
    dateTime(at).slice(-8),
    from,
    t('setup:trial.bytes', { count: bytes }),
    isText ? '' : t('setup:trial.hex'),
  ];
  return (
    <li data-message={number}>
      <div className={styles.quiet}>
        <strong>{number}</strong> {head.filter((part) => part !== '').join(' · ')}
      </div>
      <pre className={styles.raw}>{raw}</pre>
      <ul className={styles.records}>
        {records.map((record, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: records of a message do not move
          <li key={i} data-ahead={record.ahead || undefined}>
            <span aria-hidden="true">→</span>
            <span>
              {record.name && <strong>{text(record.name)} </strong>}
              <code>{record.id}</code>
            </span>
            <span className={styles.value}>
              {text(record.said)}
              {record.quality !== 'good' && ` (${t(`setup:trial.quality.${record.quality}`)})`}
            </span>
            <span className={styles.quiet}>
              <Age since={record.t} />
              {record.ahead && ` ${t('setup:trial.is-ahead')}`}
            </span>
          </li>
        ))}
        {recordCount > records.length && (
          <li className={styles.quiet}>{t('setup:trial.more', { count: recordCount - records.length })}</li>
        )}
        {refusals.map(({ path, message: said, remedy }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was refused of a message does not move
          <li key={`no-${i}`} className={styles.refusal}>
            <span aria-hidden="true">✗</span>
            <span>
              {path !== '' && <code>{path}</code>} {text(said)}
              {t('setup:files.stop')}
              <span className={styles.quiet}>{text(remedy)}</span>
            </span>
          </li>
        ))}
        {refusalCount > refusals.length && (
          <li className={styles.quiet}>{t('setup:trial.more-refused', { count: refusalCount - refusals.length })}</li>
        )}
        {recordCount + refusalCount === 0 && <li className={styles.quiet}>{t('setup:trial.nothing-of-it')}</li>}
      </ul>
    </li>
  );
}

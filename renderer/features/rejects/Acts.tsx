import { useTranslation } from 'react-i18next';
import type { Outcome, QuarantineAct } from '../../../contract/features/rejects.ts';
import { useSeatName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { dateTime } from '../../ui/format.ts';
import styles from './Quarantine.module.css';

/** Who did what with a message, the newest first, and what became of it. */
export function Acts({ acts }: { acts: readonly QuarantineAct[] }) {
  const { t } = useTranslation();
  const seatName = useSeatName();
  if (acts.length === 0) return null;
  return (
    <ol className={styles.acts} aria-label={t('rejects:acts')}>
      {acts.map(({ at, actor, did, outcome }) => (
        <li key={`${at} ${did}`}>
          <div className={styles.head}>
            <strong>{t(`rejects:did.${did}`)}</strong>
            <span>{seatName(actor)}</span>
            <time dateTime={new Date(at).toISOString()}>{dateTime(at)}</time>
          </div>
          {outcome !== null && <Became outcome={outcome} />}
        </li>
      ))}
    </ol>
  );
}

function Became({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const counts = (['taken', 'known', 'late', 'rejected'] as const).filter((each) => outcome[each] > 0);
  return (
    <>
      <p data-outcome>
        {counts.length === 0
          ? t('rejects:became.nothing')
          : counts.map((each) => t(`rejects:became.${each}`, { count: outcome[each] })).join(' · ')}
      </p>
      {outcome.faults.map((fault) => (
        <p key={`${fault.path} ${fault.message.en}`} className={styles.fact}>
          {fault.path !== '' && <code>{fault.path}</code>} {text(fault.message)} {text(fault.remedy)}
        </p>
      ))}
    </>
  );
}

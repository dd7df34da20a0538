import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { DAYS, Tried } from '../TryRules.tsx';
import styles from './Trial.module.css';
import type { RuleTrialState } from './useRuleTrial.ts';

/** What the rules, as they are written, would have raised of what the sensors said. */
export function RuleTrialPane({ trial, text }: { trial: RuleTrialState; text: string }) {
  const { t } = useTranslation();
  const heading = useId();
  const { days, tried, failure, setDays } = trial;
  return (
    <section className={styles.trial} aria-labelledby={heading}>
      <header className={styles.head}>
        <h4 id={heading}>{t('setup:rules.trial')}</h4>
        <select
          aria-label={t('setup:try.days')}
          value={days}
          onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
        >
          {DAYS.map((each) => (
            <option key={each} value={each}>
              {t('setup:try.last', { count: each })}
            </option>
          ))}
        </select>
      </header>
      {failure !== null && <ErrorNote error={failure} reveal />}
      {tried === null ? (
        <p className={styles.quiet}>{t('setup:rules.press-test')}</p>
      ) : (
        <>
          {tried.text !== text && <p className={styles.fault}>{t('setup:rules.changed-since')}</p>}
          <Tried tried={tried.view} />
        </>
      )}
    </section>
  );
}

import { IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_TRIED_DAYS, type TrialView, type TriedRuleView } from '../../../contract/features/setupTrial.ts';
import { NUMERAL } from '../../../core/words.ts';
import { useAct } from '../../desk/act.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { age, dateTime } from '../../ui/format.ts';
import styles from './Setup.module.css';

/** Days that rules can be tried on. */
export const DAYS = Array.from({ length: MOST_TRIED_DAYS }, (_, i) => i + 1);
/** EEMUA 191: what one person can follow within ten minutes. */
const FOLLOWED = 10;

/** What the rules of the files would have raised of what the sensors said: before they go live. */
export function TryRules() {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const [days, setDays] = useState(1);
  const [tried, setTried] = useState<TrialView | null>(null);
  const attempt = () => {
    void act('setup.tryRules', { days }).then((answer) => {
      if (answer) setTried(answer);
    });
  };
  return (
    <section className={styles.section} aria-labelledby="setup-try-rules">
      <h3 id="setup-try-rules">{t('setup:try.title')}</h3>
      <p className={styles.quiet}>{t('setup:try.what')}</p>
      <div className={styles.try}>
        <select aria-label={t('setup:try.days')} value={days} onChange={({ target }) => setDays(Number(target.value))}>
          {DAYS.map((each) => (
            <option key={each} value={each}>
              {t('setup:try.last', { count: each })}
            </option>
          ))}
        </select>
        <ActionButton icon={<IconTestPipe />} busy={busy.has('setup.tryRules')} onClick={attempt}>
          {t('setup:try.do')}
        </ActionButton>
      </div>
      {failure !== null && <ErrorNote error={failure} onRetry={attempt} />}
      {tried && <Tried tried={tried} />}
    </section>
  );
}

/** What rules would have raised, a row a rule. */
export function Tried({ tried: { rules, count, values, span, mostInTenMinutes } }: { tried: TrialView }) {
  const { t } = useTranslation();
  const { text, lang } = useLang();
  if (span === null) return <p role="status">{t('setup:try.nothing')}</p>;
  const flood = mostInTenMinutes > FOLLOWED;
  return (
    <>
      <p role="status">
        {t('setup:try.span', { values: values.toLocaleString('en'), from: dateTime(span.from), to: dateTime(span.to) })}{' '}
        <span className={flood ? styles.differs : undefined}>
          {t(flood ? 'setup:try.flood' : 'setup:try.most', { count: mostInTenMinutes, followed: FOLLOWED })}
        </span>
      </p>
      <table className={styles.parts}>
        <thead>
          <tr>
            {(['rule', 'raised', 'levels', 'longest', 'busiest', 'heard'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`setup:try.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">
                {text(rule.name)} <code className={styles.path}>{rule.rule}</code>
                {rule.quiet && <span className={styles.quiet}> {t('setup:try.quiet')}</span>}
                {rule.known !== null && (
                  <span className={styles.quiet}>
                    {' '}
                    {t('setup:try.known', { known: rule.known, sensors: rule.sensors })}
                  </span>
                )}
              </th>
              <td className={styles.number}>{rule.raised}</td>
              <td className={styles.number}>{levelsOf(rule)}</td>
              <td className={styles.number}>{rule.longest === null ? '—' : age(rule.longest, lang)}</td>
              <td>
                {rule.busiest.map(({ sensor, raised }) => `${sensor} ×${raised}`).join(t('common:list-comma')) || '—'}
              </td>
              <td className={styles.number}>{t('setup:try.heard', { heard: rule.heard, sensors: rule.sensors })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > rules.length && <p className={styles.quiet}>{t('setup:try.more', { count: count - rules.length })}</p>}
    </>
  );
}

/** `II 2 · IV 5`; a dash for none. */
function levelsOf({ levels }: TriedRuleView): string {
  const said = levels.flatMap((many, i) => (many > 0 ? `${NUMERAL[(i + 1) as 1 | 2 | 3 | 4]} ${many}` : []));
  return said.join(' · ') || '—';
}

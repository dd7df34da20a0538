import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Form.module.css';
import { Listed } from './Listed.tsx';
import type { FormText } from './yamlText.ts';

/** Which rules' conditions a rule counts, and how near one another they hold. */
export function RuleConditions({
  at,
  form,
  onWrite,
}: {
  at: readonly string[];
  form: FormText;
  /** Writes a member of the rule as YAML has it in one line. */
  onWrite: (member: readonly string[], source: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const conditions = form.jsonOf([...at, 'conditions']);
  // Several of which one is enough are written in the text.
  const nested = conditions.includes('{');
  return (
    <>
      {nested ? (
        <p className={styles.hint}>{t('setup:rules.conditions.nested')}</p>
      ) : (
        <Listed
          key={at.join('.')}
          label={t('setup:rules.member.conditions')}
          placeholder={t('setup:rules.conditions.example')}
          value={form.listOf([...at, 'conditions']).join(', ')}
          onWrite={(all) => onWrite(['conditions'], JSON.stringify(all))}
        />
      )}
      <div className={styles.two}>
        {(['minutes', 'metres'] as const).map((member) => (
          <div className={styles.field} key={member}>
            <label htmlFor={`${id}-${member}`} className={styles.label}>
              {t(`setup:rules.within.${member}`)}
            </label>
            <input
              id={`${id}-${member}`}
              value={form.valueOf([...at, 'within', member])}
              autoComplete="off"
              inputMode="decimal"
              onChange={({ currentTarget: { value } }) => onWrite(['within', member], value === '' ? '""' : value)}
            />
          </div>
        ))}
      </div>
      <p className={styles.hint}>{t('setup:rules.conditions.hint')}</p>
    </>
  );
}

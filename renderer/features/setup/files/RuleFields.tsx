import { IconPlus } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileFault } from '../../../../contract/features/setupFiles.ts';
import type { TrialView } from '../../../../contract/features/setupTrial.ts';
import { UNIT_KINDS } from '../../../../core/places/city.ts';
import { type Level, NUMERAL } from '../../../../core/words.ts';
import { useSensors } from '../../../bridge/index.ts';
import { useLang } from '../../../i18n/index.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import styles from './Form.module.css';
import { LevelTable } from './LevelTable.tsx';
import { Listed } from './Listed.tsx';
import { RuleArea } from './RuleArea.tsx';
import { RuleConditions } from './RuleConditions.tsx';
import { LOOKS, lookOf, withLook } from './ruleLooks.ts';
import { type FormText, formText, withItem, withNode, withValue } from './yamlText.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

interface Given {
  readonly text: string;
  readonly faults: readonly FileFault[];
  /** What the rules would have raised, when that was last asked. */
  readonly tried: TrialView | null;
  readonly onWrite: (text: string) => void;
}

const NEW_RULE = (number: number, kind: string) => `rule: rule-${number}
name: { zh: 新规则, en: New rule }
sensor: { kind: ${kind} }
levels:
  - { level: 4, raise: 2, clear: 1.5, for: 60 }`;

/** The rules of a file as fields, one rule at a time; each writes into the text beside it. */
export function RuleFields({ text, faults, tried, onWrite }: Given) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const form = useMemo(() => formText(text), [text]);
  if (form === null)
    return (
      <p role="status" className={styles.note}>
        {t('setup:files.text-first')}
      </p>
    );
  const count = form.countOf(['rules']);
  const index = Math.min(chosen, Math.max(0, count - 1));
  const add = () => {
    const kind = form.valueOf(['rules', String(index), 'sensor', 'kind']) || 'water-level';
    onWrite(withItem(text, ['rules'], NEW_RULE(count + 1, kind)));
    setChosen(count);
  };
  return (
    <div className={styles.fields}>
      <div className={styles.rules}>
        {count > 1 && (
          <select
            aria-label={t('setup:rules.which')}
            value={index}
            onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          >
            {Array.from({ length: count }, (_, i) => form.valueOf(['rules', String(i), 'rule'])).map((rule, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is told by its place, as two may have one id while it is typed
              <option key={i} value={i}>
                {rule}
              </option>
            ))}
          </select>
        )}
        <ActionButton icon={<IconPlus />} onClick={add}>
          {t('setup:rules.add')}
        </ActionButton>
      </div>
      {count > 0 && <Rule at={['rules', String(index)]} form={form} {...{ text, faults, tried, onWrite }} />}
    </div>
  );
}

function Rule({ at, form, text, faults, tried, onWrite }: Given & { at: readonly string[]; form: FormText }) {
  const { t } = useTranslation();
  const id = useId();
  const { lang } = useLang();
  const sensorKinds = new Set(useSensors().map(({ kind }) => kind));
  const rule = form.valueOf([...at, 'rule']);
  const look = lookOf(form, at);
  const isUnit = look === 'inside';
  const watched = isUnit ? 'unit' : 'sensor';
  const kinds = isUnit ? UNIT_KINDS : [...sensorKinds];
  const ids = form.listOf([...at, watched, 'ids']).join(', ');
  const path = at.join('.');
  const own = faults.filter((fault) => fault.path.startsWith(`${path}.`) && !fault.path.includes('.levels.'));
  const write = (member: readonly string[], value: string, as: 'text' | 'number' = 'text') =>
    onWrite(withValue(text, [...at, ...member], value, as));
  const node = (member: readonly string[], source: string | null) =>
    onWrite(withNode(text, [...at, ...member], source));
  const line = (name: string, member: readonly string[], list?: string) => (
    <div className={styles.field} key={name}>
      <label htmlFor={`${id}-${name}`} className={styles.label}>
        {t(`setup:rules.member.${name}`)}
      </label>
      <input
        id={`${id}-${name}`}
        value={form.valueOf([...at, ...member])}
        spellCheck={false}
        autoComplete="off"
        list={list}
        onChange={({ currentTarget }) => write(member, currentTarget.value)}
      />
    </div>
  );
  return (
    <>
      <div className={styles.two}>
        {line('zh', ['name', 'zh'])}
        {line('en', ['name', 'en'])}
        {line('rule', ['rule'])}
        {look !== 'together' && line(isUnit ? 'unit-kind' : 'kind', [watched, 'kind'], `${id}-kinds`)}
      </div>
      <datalist id={`${id}-kinds`}>
        {kinds.map((kind) => (
          <option key={kind} value={kind} />
        ))}
      </datalist>
      {look !== 'together' && (
        <Listed
          key={`${path} ${watched}`}
          label={t(isUnit ? 'setup:rules.member.unit-ids' : 'setup:rules.member.ids')}
          placeholder={t(isUnit ? 'setup:rules.all-units-of-kind' : 'setup:rules.all-of-kind')}
          value={ids}
          onWrite={(all) => node([watched, 'ids'], all.length === 0 ? null : JSON.stringify(all))}
        />
      )}
      <div className={styles.two}>
        <div className={styles.field}>
          <label htmlFor={`${id}-measure`} className={styles.label}>
            {t('setup:rules.member.measure')}
          </label>
          <select
            id={`${id}-measure`}
            value={look}
            onChange={({ currentTarget: { value } }) =>
              onWrite(withLook(text, form, at, LOOKS.find((each) => each === value) ?? 'value'))
            }
          >
            {LOOKS.map((each) => (
              <option key={each} value={each}>
                {t(`setup:rules.measure.${each}`)}
              </option>
            ))}
          </select>
        </div>
        {look === 'change' ? (
          <div className={styles.field}>
            <label htmlFor={`${id}-minutes`} className={styles.label}>
              {t('setup:rules.member.minutes')}
            </label>
            <input
              id={`${id}-minutes`}
              value={form.valueOf([...at, 'measure', 'change'])}
              inputMode="decimal"
              onChange={({ currentTarget }) => write(['measure', 'change'], currentTarget.value, 'number')}
            />
          </div>
        ) : (
          line('incident', ['incident'])
        )}
        {look !== 'together' && (
          <div className={styles.field}>
            <label htmlFor={`${id}-direction`} className={styles.label}>
              {t('setup:rules.member.direction')}
            </label>
            <select
              id={`${id}-direction`}
              value={form.valueOf([...at, 'direction']) || 'high'}
              onChange={({ currentTarget: { value } }) => node(['direction'], value === 'high' ? null : value)}
            >
              {(['high', 'low'] as const).map((each) => (
                <option key={each} value={each}>
                  {t(`setup:rules.${isUnit ? 'side' : 'direction'}.${each}`)}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      {look === 'usual' && (
        <>
          <div className={styles.two}>
            {(['usual', 'spread'] as const).map((member) => (
              <div className={styles.field} key={member}>
                <label htmlFor={`${id}-${member}`} className={styles.label}>
                  {t(`setup:rules.usual.${member}`)}
                </label>
                <input
                  id={`${id}-${member}`}
                  value={form.valueOf([...at, 'measure', member])}
                  inputMode="decimal"
                  onChange={({ currentTarget }) => write(['measure', member], currentTarget.value, 'number')}
                />
              </div>
            ))}
          </div>
          <p className={styles.hint}>{t('setup:rules.usual.hint')}</p>
        </>
      )}
      {look === 'together' && <RuleConditions at={at} form={form} onWrite={node} />}
      {isUnit && <RuleArea at={at} form={form} onWrite={(member, source) => node(['area', ...member], source)} />}
      {own.map((fault) => (
        <p key={`${fault.path} ${fault.message.en}`} className={styles.fault}>
          {lang === 'en' ? `${fault.message.en}. ${fault.remedy.en}` : `${fault.message.zh}。${fault.remedy.zh}`}
        </p>
      ))}
      <LevelTable at={at} form={form} text={text} faults={faults} onWrite={onWrite} />
      <Would rule={rule} tried={tried} />
    </>
  );
}

/** How often the rule would have raised an alarm. */
function Would({ rule, tried }: { rule: string; tried: TrialView | null }) {
  const { t } = useTranslation();
  const of = tried?.rules.find((each) => each.rule === rule);
  if (!of) return <p className={styles.quiet}>{t('setup:rules.press-test')}</p>;
  const levels = LEVELS.flatMap((level) => {
    const many = of.levels[level - 1] ?? 0;
    return many > 0 ? `${NUMERAL[level]} ${many}` : [];
  });
  return (
    <p role="status" className={styles.note}>
      {t('setup:rules.would', { count: of.raised })}
      {levels.length > 0 && ` (${levels.join(' · ')})`}
    </p>
  );
}

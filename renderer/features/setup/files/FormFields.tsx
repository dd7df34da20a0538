import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileFault, FormField, FormView } from '../../../../contract/features/setupFiles.ts';
import { useLang } from '../../../i18n/index.ts';
import styles from './Form.module.css';
import { type FormText, formText, type Writing, withValue } from './yamlText.ts';

/** What stands in a window for a secret that the hall keeps. */
const KEPT = /^•{6}\d+$/;

interface Given {
  readonly text: string;
  /** The text that it began with: a secret that is kept comes back where a new one is taken out again. */
  readonly given: string;
  readonly faults: readonly FileFault[];
  readonly onWrite: (text: string) => void;
}

/** The members of a file as fields, those that are needed first; each writes into the text beside it. */
export function FormFields({ form, text, given, faults, onWrite }: Given & { form: FormView }) {
  const { t } = useTranslation();
  const read = useMemo(() => formText(text), [text]);
  const before = useMemo(() => formText(given), [given]);
  if (read === null)
    return (
      <p role="status" className={styles.note}>
        {t('setup:files.text-first')}
      </p>
    );
  const fields = form.fields.filter(({ is }) => is !== 'yaml');
  const first = ({ needed, front, member }: FormField) => needed || front || read.has(member);
  const shown = { text, before, read, faults, onWrite };
  const more = fields.filter((field) => !first(field));
  return (
    <div className={styles.fields}>
      {fields.filter(first).map((field) => (
        <Field key={field.member} field={field} {...shown} />
      ))}
      {more.length > 0 && (
        <details>
          <summary>{t('setup:files.more', { count: more.length })}</summary>
          <div className={styles.fields}>
            {more.map((field) => (
              <Field key={field.member} field={field} {...shown} />
            ))}
          </div>
        </details>
      )}
      <InText form={form} />
    </div>
  );
}

/** What a form cannot ask for stands in the text alone. */
function InText({ form }: { form: FormView }) {
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  const members = form.fields.filter(({ is }) => is === 'yaml');
  if (members.length === 0) return null;
  return (
    <p className={styles.quiet}>
      {t('setup:files.in-text')}{' '}
      {members.map(({ member, label }, i) => (
        <span key={member}>
          {i > 0 && t('common:list-comma')}
          {inLang(label)} <code>{member}</code>
        </span>
      ))}
    </p>
  );
}

type Shown = Omit<Given, 'given'> & { readonly read: FormText; readonly before: FormText | null };

function Field({ field, ...shown }: { field: FormField } & Shown) {
  const { text: inLang } = useLang();
  const { t } = useTranslation();
  const id = useId();
  const fault = shown.faults.find(({ path }) => path === field.member || path.startsWith(`${field.member}.`));
  const marks = fault ? ({ 'aria-invalid': true, 'aria-describedby': `${id}-why` } as const) : {};
  if (field.is === 'names')
    return (
      <fieldset className={styles.names}>
        <legend className={styles.label}>{inLang(field.label)}</legend>
        {(['zh', 'en'] as const).map((language) => (
          <label key={language} htmlFor={`${id}-${language}`}>
            <span className={styles.label}>{t(`setup:files.language.${language}`)}</span>
            <Value id={`${id}-${language}`} field={field} path={[field.member, language]} marks={marks} {...shown} />
          </label>
        ))}
        <Under id={id} field={field} fault={fault} />
      </fieldset>
    );
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {inLang(field.label)}
      </label>
      <Value id={id} field={field} path={[field.member]} marks={marks} {...shown} />
      <Under id={id} field={field} fault={fault} />
    </div>
  );
}

/** What it is for, or what is wrong with it. */
function Under({ id, field, fault }: { id: string; field: FormField; fault: FileFault | undefined }) {
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  if (fault)
    return (
      <p id={`${id}-why`} className={styles.fault} data-severity={fault.severity}>
        {inLang(fault.message)}
        {t('setup:files.stop')}
        {inLang(fault.remedy)}
      </p>
    );
  return field.hint === null ? null : <p className={styles.hint}>{inLang(field.hint)}</p>;
}

const WRITING: Readonly<Record<FormField['is'], Writing>> = {
  ...{ text: 'text', names: 'text', yaml: 'text', choice: 'text' },
  ...{ lines: 'lines', number: 'number', secret: 'secret' },
};

function Value(
  props: Shown & {
    id?: string;
    field: FormField;
    path: readonly string[];
    marks: { 'aria-invalid'?: true; 'aria-describedby'?: string };
  },
) {
  const { id, field, path, marks, text, before, read, onWrite } = props;
  const { t } = useTranslation();
  const value = read.valueOf(path);
  const isNumber = field.choices.every((choice) => typeof choice === 'number');
  const as = field.is === 'choice' && isNumber ? 'number' : WRITING[field.is];
  const write = (next: string) =>
    onWrite(withValue(text, path, next === '' && !field.needed && path.length === 1 ? null : next, as));
  const common = { id, ...marks, value, required: field.needed };
  switch (field.is) {
    case 'choice':
      return (
        <select {...common} onChange={({ currentTarget }) => write(currentTarget.value)}>
          {!(field.needed && field.choices.some((choice) => String(choice) === value)) && (
            <option value="">{field.fallback ?? t('setup:files.choose')}</option>
          )}
          {field.choices
            .filter((choice) => String(choice) !== field.fallback || value !== '')
            .map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
        </select>
      );
    case 'lines':
      return (
        <textarea
          {...common}
          rows={3}
          spellCheck={false}
          onChange={({ currentTarget }) => write(currentTarget.value)}
        />
      );
    case 'secret': {
      const kept = KEPT.test(value);
      const former = before?.valueOf(path) ?? '';
      return (
        <input
          {...common}
          type="password"
          autoComplete="new-password"
          value={kept ? '' : value}
          placeholder={kept ? t('setup:files.kept') : ''}
          onChange={({ currentTarget }) => write(currentTarget.value || (KEPT.test(former) ? former : ''))}
        />
      );
    }
    default:
      return (
        <input
          {...common}
          spellCheck={false}
          autoComplete="off"
          inputMode={field.is === 'number' ? 'decimal' : 'text'}
          placeholder={field.fallback ?? ''}
          onChange={({ currentTarget }) => write(currentTarget.value)}
        />
      );
  }
}

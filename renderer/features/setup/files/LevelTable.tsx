import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileFault } from '../../../../contract/features/setupFiles.ts';
import { type Level, NUMERAL } from '../../../../core/words.ts';
import { useLang } from '../../../i18n/index.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { LevelBadge } from '../../../ui/LevelBadge.tsx';
import { apart, clearFor } from './deadBand.ts';
import styles from './Form.module.css';
import { type FormText, withItem, withNode, withValue } from './yamlText.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** Thresholds of a rule, a row for each level: where it is raised and cleared, how far these are apart, and how long the value has to stay. */
export function LevelTable(props: {
  at: readonly string[];
  form: FormText;
  text: string;
  faults: readonly FileFault[];
  onWrite: (text: string) => void;
}) {
  const { at, form, text, faults, onWrite } = props;
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  const low = form.valueOf([...at, 'direction']) === 'low';
  const levels = [...at, 'levels'];
  const rows = Array.from({ length: form.countOf(levels) }, (_, i) => {
    const path = [...levels, String(i)];
    const of = (member: string) => form.valueOf([...path, member]);
    return { path, level: of('level'), raise: of('raise'), clear: of('clear'), for: of('for') };
  });
  const missing = LEVELS.filter((level) => !rows.some((row) => row.level === String(level)));
  const write = (path: readonly string[], member: string, value: string) =>
    onWrite(withValue(text, [...path, member], value === '' && member === 'for' ? null : value, 'number'));
  const add = (level: number) => {
    const { raise = '', clear = '' } = rows.at(-1) ?? {};
    onWrite(withItem(text, levels, `{ level: ${level}, raise: ${raise || 0}, clear: ${clear || 0} }`));
  };
  return (
    <>
      <table className={styles.levels}>
        <thead>
          <tr>
            {(['level', 'raise', 'clear', 'apart', 'for'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`setup:rules.column.${column}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const level = LEVELS.find((each) => String(each) === row.level);
            const name = level ? NUMERAL[level] : row.level;
            const field = (member: string, value: string, change: (value: string) => void) => (
              <td>
                <input
                  value={value}
                  inputMode="decimal"
                  autoComplete="off"
                  aria-label={t(`setup:rules.of-level.${member}`, { level: name })}
                  onChange={({ currentTarget }) => change(currentTarget.value)}
                />
              </td>
            );
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a threshold is told by its place while its level is another
              <tr key={i} data-level={row.level}>
                <th scope="row">{level ? <LevelBadge level={level} /> : row.level}</th>
                {field('raise', row.raise, (value) => write(row.path, 'raise', value))}
                {field('clear', row.clear, (value) => write(row.path, 'clear', value))}
                <td>
                  <Apart
                    value={apart(row.raise, row.clear)}
                    label={t('setup:rules.of-level.apart', { level: name })}
                    onWrite={(value) => {
                      const clear = clearFor(row.raise, value, low);
                      if (clear !== null) write(row.path, 'clear', clear);
                    }}
                  />
                </td>
                {field('for', row.for, (value) => write(row.path, 'for', value))}
                <td>
                  {rows.length > 1 && (
                    <ActionButton
                      icon={<IconTrash />}
                      label={t('setup:rules.remove-level', { level: name })}
                      onClick={() => onWrite(withNode(text, row.path, null))}
                    >
                      {''}
                    </ActionButton>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {faults
        .filter(({ path }) => path.startsWith(`${levels.join('.')}.`))
        .map((fault) => (
          <p key={`${fault.path} ${fault.message.en}`} className={styles.fault}>
            {inLang(fault.message)}
            {t('setup:files.stop')}
            {inLang(fault.remedy)}
          </p>
        ))}
      {missing.length > 0 && (
        <div className={styles.more}>
          {missing.map((level) => (
            <ActionButton key={level} icon={<IconPlus />} onClick={() => add(level)}>
              {t('setup:rules.add-level', { level: NUMERAL[level] })}
            </ActionButton>
          ))}
        </div>
      )}
    </>
  );
}

/** How far raise and clear are apart: of what is typed, as it is typed, `clear` is made. */
function Apart({ value, label, onWrite }: { value: string; label: string; onWrite: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      value={typed ?? value}
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onWrite(currentTarget.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

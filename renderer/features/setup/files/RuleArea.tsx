import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Form.module.css';
import type { FormText } from './yamlText.ts';

const AROUND = '{ around: "", metres: 200 }';
/** A triangle to be written over. */
const POLYGON = '{ type: Polygon, coordinates: [[[121.5, 31.2], [121.51, 31.2], [121.51, 31.21], [121.5, 31.2]]] }';

/** Where a rule draws its line: around something that the hall knows, or a polygon that is pasted. */
export function RuleArea({
  at,
  form,
  onWrite,
}: {
  at: readonly string[];
  form: FormText;
  /** Writes a member of the area, or with none the area itself, as YAML has it in one line. */
  onWrite: (member: readonly string[], source: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const drawn = form.valueOf([...at, 'area', 'type']) !== '';
  return (
    <>
      <div className={styles.two}>
        <div className={styles.field}>
          <label htmlFor={`${id}-area`} className={styles.label}>
            {t('setup:rules.member.area')}
          </label>
          <select
            id={`${id}-area`}
            value={drawn ? 'drawn' : 'around'}
            onChange={({ currentTarget: { value } }) => onWrite([], value === 'drawn' ? POLYGON : AROUND)}
          >
            {(['around', 'drawn'] as const).map((each) => (
              <option key={each} value={each}>
                {t(`setup:rules.area.${each}`)}
              </option>
            ))}
          </select>
        </div>
        {!drawn &&
          (['around', 'metres'] as const).map((member) => (
            <div className={styles.field} key={member}>
              <label htmlFor={`${id}-${member}`} className={styles.label}>
                {t(`setup:rules.member.${member}`)}
              </label>
              <input
                id={`${id}-${member}`}
                value={form.valueOf([...at, 'area', member])}
                placeholder={member === 'around' ? t('setup:rules.area.of') : undefined}
                spellCheck={false}
                autoComplete="off"
                inputMode={member === 'metres' ? 'decimal' : 'text'}
                onChange={({ currentTarget: { value } }) =>
                  onWrite([member], member === 'around' || value === '' ? JSON.stringify(value) : value)
                }
              />
            </div>
          ))}
      </div>
      {drawn && <Drawn value={form.jsonOf([...at, 'area'])} onWrite={(source) => onWrite([], source)} />}
      <p className={styles.hint}>{t('setup:rules.area.hint')}</p>
    </>
  );
}

/** A GeoJSON geometry, or a feature that has one; what is typed is written once it is whole. */
function Drawn({ value, onWrite }: { value: string; onWrite: (source: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const whole = typed === null || geometryOf(typed) !== null;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {t('setup:rules.member.geometry')}
      </label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        value={typed ?? value}
        aria-invalid={!whole}
        {...(whole ? {} : { 'aria-describedby': `${id}-why` })}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const geometry = geometryOf(currentTarget.value);
          if (geometry !== null) onWrite(geometry);
        }}
        onBlur={() => whole && setTyped(null)}
      />
      {!whole && (
        <p id={`${id}-why`} className={styles.fault}>
          {t('setup:rules.area.no-json')}
        </p>
      )}
    </div>
  );
}

function geometryOf(typed: string): string | null {
  try {
    const read = JSON.parse(typed) as { geometry?: unknown } | null;
    return typeof read === 'object' && read !== null ? JSON.stringify(read.geometry ?? read) : null;
  } catch {
    return null;
  }
}

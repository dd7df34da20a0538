import { type RefObject, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileFault, MOST_FILE_CHARS } from '../../../../contract/features/setupFiles.ts';
import { TextField } from '../../../desk/TextField.tsx';
import { useLang } from '../../../i18n/index.ts';
import styles from './Files.module.css';

/** The file as it is written, with a number for each line and a mark at those in which something is wrong; what it is stands below. */
export function YamlPane(props: {
  text: string;
  faults: readonly FileFault[] | null;
  looking: boolean;
  onWrite: (text: string) => void;
}) {
  const { text, faults, looking, onWrite } = props;
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const id = useId();
  const lines = text.split('\n').length;
  const worst = new Map((faults ?? []).toReversed().map(({ line, severity }) => [line, severity]));
  return (
    <section className={styles.yaml} aria-labelledby={id}>
      <h4 id={id}>{t('setup:files.text')}</h4>
      <div ref={area} className={styles.paper}>
        <div className={styles.gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={i} data-severity={worst.get(i + 1)}>
              {i + 1}
            </span>
          ))}
        </div>
        <TextField
          rows={lines}
          className={styles.source}
          aria-labelledby={id}
          spellCheck={false}
          wrap="off"
          most={MOST_FILE_CHARS}
          value={text}
          onWrite={onWrite}
        />
      </div>
      <Faults faults={faults} looking={looking} onGo={(fault) => goTo(area, text, fault)} />
    </section>
  );
}

function Faults(props: { faults: readonly FileFault[] | null; looking: boolean; onGo: (fault: FileFault) => void }) {
  const { faults, looking, onGo } = props;
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  const errors = faults?.filter(({ severity }) => severity === 'error').length ?? 0;
  return (
    <div className={styles.faults}>
      <p role="status" className={errors > 0 ? styles.wrong : styles.quiet}>
        {faults === null || (looking && errors === 0)
          ? t('setup:files.looking')
          : errors > 0
            ? t('setup:files.wrong', { count: errors })
            : t('setup:files.right')}
      </p>
      {faults !== null && faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.line} ${fault.path} ${fault.message.en}`} data-severity={fault.severity}>
              <button type="button" className={styles.go} onClick={() => onGo(fault)}>
                {t('setup:files.line', { line: fault.line })}
              </button>
              <span>
                {fault.path !== '' && <code>{fault.path}</code>} {inLang(fault.message)}
                {t('setup:files.stop')}
                <span className={styles.quiet}>{inLang(fault.remedy)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Puts the caret where something is wrong. */
function goTo(area: RefObject<HTMLDivElement | null>, text: string, { line, column }: FileFault): void {
  const field = area.current?.querySelector('textarea');
  if (!field) return;
  const before = text.split('\n').slice(0, line - 1);
  const at = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  field.focus();
  field.setSelectionRange(at, at);
  const paper = area.current;
  if (paper) paper.scrollTop = Math.max(0, ((line - 3) * paper.scrollHeight) / text.split('\n').length);
}

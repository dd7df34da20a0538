import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLang } from '../../../i18n/index.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { FirstRows } from './FirstRows.tsx';
import styles from './Import.module.css';
import { useArrival } from './useArrival.ts';
import type { Planned } from './useImport.ts';
import { WrongRows } from './WrongRows.tsx';

/** What an import would come to. It has the focus when it comes: what it answers was pressed above it. */
export function Preview(props: { plan: Planned; busy: boolean; onWrite: () => void; onLeave: () => void }) {
  const { plan, busy, onWrite, onLeave } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const head = useArrival<HTMLHeadingElement>({ long: true });
  const nothing = plan.new.count + plan.changed.count + plan.same === 0;
  return (
    <div className={styles.preview}>
      <h4 ref={head} tabIndex={-1}>
        {t('setup:import.preview', { file: plan.file })}
      </h4>
      <p className={styles.quiet}>{useSourceText(plan)}</p>
      {plan.notes.map((note) => (
        <p key={note.en} className={styles.note}>
          {text(note)}
        </p>
      ))}
      <Counts plan={plan} />
      <FirstRows plan={plan} />
      <WrongRows wrong={plan.wrong} />
      <details>
        <summary>{t('setup:import.mapping')}</summary>
        <pre className={styles.mapping}>{plan.mapping}</pre>
      </details>
      <div className={styles.actions}>
        {nothing ? (
          <p className={styles.note}>{t('setup:import.nothing')}</p>
        ) : (
          <ActionButton primary icon={<IconFileImport />} busy={busy} onClick={onWrite}>
            {t('setup:import.write')}
          </ActionButton>
        )}
        <ActionButton disabled={busy} onClick={onLeave}>
          {t('setup:import.leave')}
        </ActionButton>
      </div>
    </div>
  );
}

/** `csv，gb18030，3 行，坐标系 gcj02` */
function useSourceText({ source, crs }: Planned): string {
  const { t } = useTranslation();
  const { format, encoding, sheet, rows } = source;
  return [
    format,
    sheet === null ? null : t('setup:import.of-sheet', { sheet }),
    encoding,
    t('setup:import.rows', { count: rows }),
    crs === null ? null : t('setup:import.of-crs', { crs }),
  ]
    .filter((part) => part !== null)
    .join(t('common:list-comma'));
}

/** How many are new, changed, the same, gone; the first of each by id. */
function Counts({ plan }: { plan: Planned }) {
  const { t } = useTranslation();
  const counts = [
    ['new', plan.new],
    ['changed', plan.changed],
    ['same', { count: plan.same, examples: [] }],
    ['gone', plan.gone],
    ['wrong', { count: plan.wrong.rows, examples: [] }],
  ] as const;
  return (
    <dl className={styles.counts}>
      {counts.map(([what, { count, examples }]) => (
        <div key={what} data-count={what} data-none={count === 0 || undefined}>
          <dt>{t(`setup:import.count.${what}`)}</dt>
          <dd>
            <strong>{count}</strong>
            {examples.length > 0 && (
              <span className={styles.examples}>
                {examples.join(t('common:list-comma'))}
                {count > examples.length ? ' …' : ''}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { useTranslation } from 'react-i18next';
import { useLang } from '../../../i18n/index.ts';
import styles from './Rows.module.css';
import type { Planned } from './useImport.ts';

const COLUMNS = ['row', 'column', 'value', 'why', 'remedy'] as const;

/** Rows that stay out: where, what stands there, why, and what to do. */
export function WrongRows({ wrong: { rows, count, told } }: Pick<Planned, 'wrong'>) {
  const { t } = useTranslation();
  const { text } = useLang();
  if (told.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('setup:import.wrong', { count: rows })}>
      <table className={styles.rows}>
        <caption>
          {t('setup:import.wrong', { count: rows })}
          {count > told.length && (
            <span className={styles.quiet}> {t('setup:import.wrong-more', { count: told.length })}</span>
          )}
        </caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`setup:import.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map(({ row, column, value, why, remedy }) => (
            <tr key={`${row} ${column} ${why.en}`}>
              <th scope="row">{row}</th>
              <td>{column}</td>
              <td>{value}</td>
              <td className={styles.sentence}>{text(why)}</td>
              <td className={styles.sentence}>{text(remedy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

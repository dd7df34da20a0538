import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useLang } from '../../../i18n/index.ts';
import styles from './Rows.module.css';
import type { Planned } from './useImport.ts';

type Row = Planned['first'][number];

/** The first rows as they stand in the file, and below each what became of it. It scrolls by itself: a table may have hundreds of columns. */
export function FirstRows({ plan: { columns, first } }: { plan: Planned }) {
  const { t } = useTranslation();
  if (first.length === 0) return null;
  const drawn = first.some(({ at }) => at !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('setup:import.first', { count: first.length })}>
      <table className={styles.rows}>
        <caption>{t('setup:import.first', { count: first.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('setup:import.column.row')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            {drawn && <th scope="col">{t('setup:import.column.drawn')}</th>}
          </tr>
        </thead>
        <tbody>
          {first.map((row) => (
            <Fragment key={row.row}>
              <tr>
                <th scope="row" rowSpan={2}>
                  {row.row}
                </th>
                {columns.map((column, i) => (
                  <td key={column}>{row.raw[i]}</td>
                ))}
                {drawn && <td>{row.at}</td>}
              </tr>
              <tr className={styles.became}>
                <td colSpan={columns.length + (drawn ? 1 : 0)}>
                  <Became row={row} />
                </td>
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Became({ row: { thing, complaints } }: { row: Row }) {
  const { t } = useTranslation();
  const { text } = useLang();
  if (thing !== null)
    return (
      <ul className={styles.members} aria-label={t('setup:import.became')}>
        {thing.map(({ member, value }) => (
          <li key={member}>
            <span>{t(`setup:member.${member}`, { defaultValue: member })}</span> {value}
          </li>
        ))}
      </ul>
    );
  return (
    <ul className={styles.members} aria-label={t('setup:import.stays-out')} data-wrong>
      {complaints.map(({ column, value, why }) => (
        <li key={`${column} ${why.en}`}>{[column, value, text(why)].filter((part) => part !== '').join(' ')}</li>
      ))}
    </ul>
  );
}

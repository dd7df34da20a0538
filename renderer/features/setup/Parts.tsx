import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../contract/features/setup.ts';
import styles from './Setup.module.css';

/** Part by part: how many the hall works with, what the files would change, and how more of it comes in. */
export function Parts({ view: { parts, map, folder } }: { view: SetupView }) {
  const { t } = useTranslation();
  return (
    <table className={styles.parts}>
      <thead>
        <tr>
          <th scope="col">{t('setup:column.part')}</th>
          <th scope="col">{t('setup:column.now')}</th>
          <th scope="col">{t('setup:column.files')}</th>
          <th scope="col">{t('setup:column.how')}</th>
        </tr>
      </thead>
      <tbody>
        <tr data-part="map">
          <th scope="row">{t('setup:part.map')}</th>
          <td className={styles.number}>{t(map.now ? 'setup:map.there' : 'setup:map.none')}</td>
          <td>
            {map.another ? t(`setup:map.${!map.files ? 'gone' : map.now ? 'changed' : 'new'}`) : t('setup:no-change')}
          </td>
          <td>
            <code className={styles.path}>{`npm run hall -- import map FILE --data ${folder}`}</code>
          </td>
        </tr>
        {parts.map(({ part, count, added, changed, gone }) => {
          const said = [['added', added] as const, ['changed', changed] as const, ['gone', gone] as const].filter(
            ([, { count: many }]) => many > 0,
          );
          return (
            <tr key={part} data-part={part}>
              <th scope="row">{t(`setup:part.${part}`)}</th>
              <td className={styles.number}>{count}</td>
              <td>
                {said.length === 0 && t('setup:no-change')}
                {said.map(([what, { count: many, examples }]) => (
                  <div key={what} className={styles.change}>
                    {t(`setup:change.${what}`, { count: many })}{' '}
                    <span className={styles.examples}>
                      {examples.join(t('common:list-comma'))}
                      {many > examples.length ? ' …' : ''}
                    </span>
                  </div>
                ))}
              </td>
              <td className={styles.quiet}>{t(`setup:how.${part}`)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './VideoPanel.module.css';
import { type Page, pageAfter, type View } from './videoDesk.ts';

/** Which of the pages of the video region is shown, and the way to the others. */
export function PageBar(props: {
  watched: readonly string[];
  view: View;
  page: Page;
  show(part: Partial<View>): void;
}) {
  const { watched, view, page, show } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.pages}>
      <button
        type="button"
        className={styles.close}
        aria-label={t('video:page-before')}
        onClick={() => show({ at: pageAfter(watched, view, -1) })}
      >
        <IconChevronLeft size="1rem" />
      </button>
      <span>{t('video:page', { number: page.number + 1, pages: page.pages, count: watched.length })}</span>
      <button
        type="button"
        className={styles.close}
        aria-label={t('video:page-after')}
        onClick={() => show({ at: pageAfter(watched, view, 1) })}
      >
        <IconChevronRight size="1rem" />
      </button>
      <button type="button" className={styles.all} onClick={() => show({ size: 9 })}>
        {t('video:key.show-9')}
      </button>
    </div>
  );
}

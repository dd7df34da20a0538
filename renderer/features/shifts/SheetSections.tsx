import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Section, type Sheet, sectionsOf } from '../../../core/shifts/sheet.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import { selectionOf } from './dutyLog.ts';
import styles from './Shifts.module.css';
import { type SheetLine, useSheetLines } from './useSheetLines.ts';

/** A sheet, to be read in one look: how many of each, and what they are. Choosing a line selects the thing in all windows of the seat. */
export function SheetSections({ sheet }: { sheet: Sheet }) {
  const lines = useSheetLines(sheet);
  return (
    <div className={styles.sheet}>
      {sectionsOf(sheet).map(({ section, count }) => (
        <SheetSection key={section} section={section} count={count} lines={lines[section]} />
      ))}
    </div>
  );
}

function SheetSection(props: { section: Section; count: number; lines: readonly SheetLine[] }) {
  const { section, count, lines } = props;
  const { t } = useTranslation();
  const title = t(`shifts:section.${section}`);
  return (
    <section className={styles.section} aria-label={title} data-section={section} data-none={count === 0 || undefined}>
      <h3>
        {title} <strong>{count}</strong>
      </h3>
      {count === 0 && <p className={styles.none}>{t('shifts:none')}</p>}
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      {count > lines.length && <p className={styles.none}>{t('shifts:more', { count: count - lines.length })}</p>}
    </section>
  );
}

function Line({ line }: { line: SheetLine }) {
  const select = useSelect();
  const selection = selectionOf(line.id);
  const content: ReactNode = (
    <>
      {line.level !== null && <LevelBadge level={line.level} />}
      <span className={styles.name}>{line.name}</span>
      {line.facts.map((fact) => (
        <span key={fact} className={styles.fact}>
          {fact}
        </span>
      ))}
      {line.bad !== '' && <span className={styles.bad}>{line.bad}</span>}
    </>
  );
  if (selection === null) return <span className={styles.line}>{content}</span>;
  return (
    <button type="button" className={styles.line} onClick={() => select(selection)}>
      {content}
    </button>
  );
}

import { useTranslation } from 'react-i18next';
import type { Selection } from '../../../contract/features/seats.ts';
import { position } from '../../ui/format.ts';
import styles from './Detail.module.css';
import { DetailSections } from './DetailSections.tsx';
import { DetailHead, type FactRow, Facts } from './Facts.tsx';
import { SubjectActions } from './SubjectActions.tsx';

/** Something of which little more is known than where it is: its name, where, and the cameras that see it. */
export function PlacedDetail(props: { selection: Selection; title?: string | undefined; rows?: readonly FactRow[] }) {
  const { selection, title = selection.id, rows = [] } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.body}>
      <DetailHead kind={t(`detail:kind.${selection.kind}`)} title={title} />
      <div className={styles.buttons} data-action>
        <SubjectActions />
      </div>
      <Facts
        rows={[
          ...rows,
          ...(selection.at
            ? ([[t('detail:fact.position'), position(selection.at.lon, selection.at.lat)]] as const)
            : []),
          [t('detail:fact.id'), selection.id],
        ]}
      />
      <DetailSections of={selection.kind} />
    </div>
  );
}

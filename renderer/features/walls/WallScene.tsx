import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { WallView } from '../../../contract/features/walls.ts';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import type { RegionDeclaration } from '../../desk/feature.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { useSeatName, useSubjectName } from '../../desk/words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { clockTime } from '../../ui/format.ts';
import styles from './Wall.module.css';

/** What was pushed to a screen, filling it: the region that is its scene, and beside the middle one what tells of the selection. */
export function WallScene({ view }: { view: WallView }) {
  const { t } = useTranslation();
  const { regions } = useFeatures();
  const subject = useSubject();
  const subjectName = useSubjectName();
  const seatName = useSeatName();
  const scene = regions.find(({ id }) => id === view.scene);
  if (!scene)
    return (
      <EmptyState title={t('common:region.unknown', { region: view.scene })} hint={t('common:region.unknown-hint')} />
    );
  const beside = scene.place === 'middle' && view.selection ? regions.filter(({ wall }) => wall === 'selected') : [];
  return (
    <div className={styles.scene} data-beside={beside.length > 0 || undefined}>
      <Part region={scene} view={view}>
        <strong className={styles.about}>{subjectName(subject)}</strong>
        {view.shown && (
          <span className={styles.by}>
            {t('walls:by', { seat: seatName(view.shown.actor), at: clockTime(view.shown.at) })}
          </span>
        )}
      </Part>
      {beside.map((region) => (
        <Part key={region.id} region={region} view={view} />
      ))}
    </div>
  );
}

function Part({ region, view, children }: { region: RegionDeclaration; view: WallView; children?: ReactNode }) {
  const { t } = useTranslation();
  const title = useId();
  const { content: Content } = region;
  return (
    <section className={styles.part} aria-labelledby={title} data-scene={region.id}>
      <header className={styles.partHead}>
        <h2 id={title}>{t(region.title)}</h2>
        {children}
      </header>
      <div className={styles.partBody}>
        <Content wall={view} />
      </div>
    </section>
  );
}

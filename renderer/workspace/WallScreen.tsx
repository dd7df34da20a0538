import { IconDeviceTv } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopicItem } from '../bridge/index.ts';
import { useDeskStore } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FramedRegion } from './FramedRegion.tsx';
import styles from './Workspace.module.css';

/** One screen of the wall: what was pushed to it, large. It follows no seat. */
export function WallScreen({ screen }: { screen: string }) {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const view = useTopicItem('walls', screen);
  useEffect(() => {
    if (view) desk.getState().adopt(view.selection);
  }, [desk, view]);

  if (!view) {
    return (
      <EmptyState
        icon={<IconDeviceTv size="4rem" stroke={1.2} />}
        title={t('walls:empty', { screen })}
        hint={t('walls:empty-hint')}
      />
    );
  }
  const shown = (region: PanelRegion) => (
    <div className={styles.wall}>
      <FramedRegion region={region} alone wall={view} />
    </div>
  );
  // The map says where, the detail what: a wall that was pushed a thing shows both.
  if (view.scene === 'situation' && view.selection) {
    return (
      <div className={styles.wallBoth}>
        {shown('situation')}
        {shown('detail')}
      </div>
    );
  }
  return shown(view.scene);
}

import { IconDeviceTv } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopicItem } from '../bridge/index.ts';
import { useDeskStore } from '../desk/DeskProvider.tsx';
import { AlarmQueue } from '../features/alarms/AlarmQueue.tsx';
import { DetailPanel } from '../features/detail/DetailPanel.tsx';
import { PlanRegion } from '../features/plans/PlanRegion.tsx';
import { SituationRegion } from '../features/situation/SituationRegion.tsx';
import { VideoPanel } from '../features/video/VideoPanel.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { RegionFrame } from './RegionFrame.tsx';
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
        title={t('common:wall.empty', { screen })}
        hint={t('common:wall.empty-hint')}
      />
    );
  }
  switch (view.scene) {
    case 'video':
      return (
        <Region region="video">
          <VideoPanel cameras={view.cameras} />
        </Region>
      );
    case 'plan':
      return (
        <Region region="plan">
          <PlanRegion />
        </Region>
      );
    case 'alarms':
      return (
        <Region region="alarms">
          <AlarmQueue />
        </Region>
      );
    case 'situation':
      return view.selection ? (
        <div className={styles.wallBoth}>
          <Region region="situation">
            <SituationRegion controls={false} />
          </Region>
          <Region region="detail" scroll>
            <DetailPanel />
          </Region>
        </div>
      ) : (
        <Region region="situation">
          <SituationRegion controls={false} />
        </Region>
      );
  }
}

function Region(props: {
  region: 'situation' | 'video' | 'plan' | 'alarms' | 'detail';
  scroll?: boolean;
  children: React.ReactNode;
}) {
  return (
    <div className={styles.wall}>
      <RegionFrame region={props.region} alone scroll={props.scroll ?? false}>
        {props.children}
      </RegionFrame>
    </div>
  );
}

import type { ReactNode } from 'react';
import type { PanelRegion } from '../desk/desk.ts';
import { AlarmQueue } from '../features/alarms/AlarmQueue.tsx';
import { DetailPanel } from '../features/detail/DetailPanel.tsx';
import { PlanRegion } from '../features/plans/PlanRegion.tsx';
import { SituationRegion } from '../features/situation/SituationRegion.tsx';
import { VideoPanel } from '../features/video/VideoPanel.tsx';

/** The regions in the order of their keys, Alt+1 … Alt+5. */
export const PANEL_REGIONS: readonly PanelRegion[] = ['situation', 'alarms', 'detail', 'video', 'plan'];

/** What stands in a region, in the workspace and in a window of its own. */
export function regionContent(region: PanelRegion): ReactNode {
  switch (region) {
    case 'situation':
      return <SituationRegion />;
    case 'alarms':
      return <AlarmQueue />;
    case 'detail':
      return <DetailPanel />;
    case 'video':
      return <VideoPanel />;
    case 'plan':
      return <PlanRegion />;
  }
}

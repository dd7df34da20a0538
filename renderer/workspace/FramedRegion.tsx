import { memo } from 'react';
import type { WallView } from '../../contract/features/walls.ts';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { type Collapsed, RegionFrame } from './RegionFrame.tsx';

/**
 * A region with what its feature puts into it.
 *
 * @param props.beside the regions of its place in this window, in front and behind
 * @param props.wall what was pushed to the screen, on a wall
 */
export const FramedRegion = memo(function FramedRegion(props: {
  region: PanelRegion;
  beside?: readonly PanelRegion[] | undefined;
  numbered?: boolean;
  alone?: boolean;
  collapsible?: boolean;
  collapsed?: Collapsed | null;
  wall?: WallView;
}) {
  const { region, wall = null, ...frame } = props;
  const { content: Content } = useFeatures().region(region);
  return (
    <RegionFrame region={region} {...frame}>
      <Content wall={wall} />
    </RegionFrame>
  );
});

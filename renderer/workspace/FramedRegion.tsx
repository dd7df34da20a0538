import type { WallView } from '../../contract/features/walls.ts';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { RegionFrame } from './RegionFrame.tsx';

/**
 * A region with what its feature puts into it.
 *
 * @param props.wall what was pushed to the screen, on a wall
 */
export function FramedRegion(props: { region: PanelRegion; numbered?: boolean; alone?: boolean; wall?: WallView }) {
  const { region, wall = null, numbered = false, alone = false } = props;
  const { content: Content } = useFeatures().region(region);
  return (
    <RegionFrame region={region} numbered={numbered} alone={alone}>
      <Content wall={wall} />
    </RegionFrame>
  );
}

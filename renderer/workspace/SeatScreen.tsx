import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import type { DepartmentScreen } from '../desk/feature.ts';
import { useDepartmentName } from '../desk/words.ts';
import { FramedRegion } from './FramedRegion.tsx';
import { RegionFrame } from './RegionFrame.tsx';
import styles from './Workspace.module.css';

/** A department's screen: its tasks large, what goes on beside them over what stands in the middle of the workspace. */
export function SeatScreen({ screen }: { screen: DepartmentScreen }) {
  const { t } = useTranslation();
  const seat = useDesk((desk) => desk.seat);
  const desk = useDeskStore();
  const { regions } = useFeatures();
  const about = screen.useAbout(seat);
  // What this department works on is shown; nobody chose it, so it is not sent to the seat's other windows.
  useEffect(() => {
    if (about && desk.getState().selection === null) desk.getState().adopt(about);
  }, [desk, about]);
  const departmentName = useDepartmentName();
  const middle = regions.find(({ place }) => place === 'middle');
  const { tasks: Tasks, beside: Beside } = screen;
  return (
    <div className={styles.seatScreen}>
      <RegionFrame region={screen.region} aside={<span>{departmentName(seat)}</span>}>
        <Tasks department={seat} />
      </RegionFrame>
      <div className={styles.seatSide}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has nothing else that takes the keys */}
        <aside className={styles.seatOthers} aria-label={t(screen.besideTitle)} tabIndex={0}>
          <Beside department={seat} />
        </aside>
        <div className={styles.seatMap}>{middle && <FramedRegion region={middle.id} />}</div>
      </div>
    </div>
  );
}

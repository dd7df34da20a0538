import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../bridge/index.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { useDepartmentName } from '../desk/words.ts';
import { DepartmentSteps, OtherLanes, stepsOf } from '../features/plans/DepartmentSeat.tsx';
import { FramedRegion } from './FramedRegion.tsx';
import { RegionFrame } from './RegionFrame.tsx';
import styles from './Workspace.module.css';

/** A department's screen: its tasks large, the incident and the map beside them. */
export function SeatScreen() {
  const { t } = useTranslation();
  const seat = useDesk((desk) => desk.seat);
  const desk = useDeskStore();
  const runs = useTopic('runs');
  const first = useMemo(() => stepsOf(seat, runs.values())[0]?.run.incident, [seat, runs]);
  // The map shows the incident this department works on; nobody chose it, so it is not sent to the seat's other windows.
  useEffect(() => {
    if (first !== undefined && desk.getState().selection === null) {
      desk.getState().adopt({ kind: 'incident', id: first, at: null });
    }
  }, [desk, first]);
  const departmentName = useDepartmentName();
  return (
    <div className={styles.seatScreen}>
      <RegionFrame region="plan" aside={<span>{departmentName(seat)}</span>}>
        <DepartmentSteps department={seat} />
      </RegionFrame>
      <div className={styles.seatSide}>
        <aside className={styles.seatOthers} aria-label={t('plans:seat.others')}>
          <OtherLanes department={seat} />
        </aside>
        <div className={styles.seatMap}>
          <FramedRegion region="situation" />
        </div>
      </div>
    </div>
  );
}

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitEntry } from '../../../../contract/features/units.ts';
import { UNIT_STATUSES, type UnitStatus } from '../../../../core/units/unit.ts';
import styles from '../../../map/map.module.css';
import { countUnits, type DepartmentCount, sameCounts } from './roster.ts';
import { DepartmentSignIcon, StatusSample } from './signs.tsx';
import type { UnitTrack } from './track.ts';

const COUNT_MS = 2000;

/** What the units' signs mean, with how many of each are out; each row hides and shows its own. */
export function UnitsLegend(props: {
  track: UnitTrack;
  directory: readonly UnitEntry[];
  departmentName: (department: string) => string;
  hiddenDepartments: ReadonlySet<string>;
  hiddenStatuses: ReadonlySet<UnitStatus>;
  onDepartment: (department: string) => void;
  onStatus: (status: UnitStatus) => void;
}) {
  const { t } = useTranslation();
  const counts = useCounts(props.track, props.directory);
  const total = counts.reduce((sum, row) => sum + row.total, 0);
  const most = Math.max(1, ...counts.map((row) => row.total));
  return (
    <>
      <h3 className={styles.section}>{t('units:legend.status')}</h3>
      <div className={styles.layerGrid}>
        {UNIT_STATUSES.map((status, i) => (
          <button
            key={status}
            type="button"
            className={styles.row}
            aria-pressed={!props.hiddenStatuses.has(status)}
            onClick={() => props.onStatus(status)}
          >
            <StatusSample status={status} />
            <span className={styles.label}>{t(`units:status.${status}`)}</span>
            <span className={styles.count}>{counts.reduce((sum, row) => sum + (row.byStatus[i] ?? 0), 0)}</span>
          </button>
        ))}
        <div className={styles.row}>
          <StatusSample status="stale" />
          <span className={styles.label}>{t('units:status.stale')}</span>
        </div>
      </div>
      <h3 className={styles.section}>{t('units:legend.departments', { total })}</h3>
      {counts.map((row) => (
        <button
          key={row.department}
          type="button"
          className={styles.row}
          aria-pressed={!props.hiddenDepartments.has(row.department)}
          onClick={() => props.onDepartment(row.department)}
        >
          <DepartmentSignIcon department={row.department} />
          <span className={styles.label}>{props.departmentName(row.department)}</span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${(100 * row.total) / most}%` }} />
          </span>
          <span className={styles.count}>{row.total}</span>
        </button>
      ))}
    </>
  );
}

/** How many of each department are out; another list only for another number, which most of the time there is not. */
function useCounts(track: UnitTrack, directory: readonly UnitEntry[]): readonly DepartmentCount[] {
  const [counts, setCounts] = useState<readonly DepartmentCount[]>([]);
  useEffect(() => {
    const look = () => {
      const next = countUnits(track, directory);
      setCounts((before) => (sameCounts(before, next) ? before : next));
    };
    look();
    const count = setInterval(look, COUNT_MS);
    return () => clearInterval(count);
  }, [track, directory]);
  return counts;
}

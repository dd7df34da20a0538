import type { UnitStatus } from '../../../../core/units/unit.ts';
import { DEPARTMENT_SIGNS, type DepartmentSign, signOf } from '../../../map/departmentSigns.ts';
import styles from '../../../map/map.module.css';

function Outline({ outline, className }: { outline: DepartmentSign['outline']; className: string | undefined }) {
  if (outline === 'square') return <rect x="2.5" y="2.5" width="19" height="19" rx="4" className={className} />;
  if (outline === 'hexagon') return <path d="M6.5 2.5h11L23 12l-5.5 9.5h-11L1 12Z" className={className} />;
  return <circle cx="12" cy="12" r="10.5" className={className} />;
}

/** A department's sign as it is drawn on the map. */
export function DepartmentSignIcon({ department }: { department: string }) {
  const sign = DEPARTMENT_SIGNS[signOf(department)];
  return (
    <svg className={styles.sign} viewBox="0 0 24 24" aria-hidden="true">
      <Outline outline={sign.outline} className={styles.signEdge} />
      <path d={sign.path} className={styles.signGlyph} transform="translate(5.5 5.5) scale(0.54)" />
    </svg>
  );
}

/** How a unit's status is drawn: by fill and outline, never by colour. */
export function StatusSample({ status }: { status: UnitStatus | 'stale' }) {
  const filled = status === 'enroute' || status === 'on-scene';
  return (
    <svg className={styles.sign} viewBox="0 0 24 24" aria-hidden="true" opacity={status === 'off' ? 0.5 : 1}>
      {status === 'enroute' && <path d="M12 0.5 16 7H8Z" className={styles.sampleInk} />}
      <circle
        cx="12"
        cy="12.5"
        r={status === 'on-scene' ? 6 : 7}
        className={filled ? styles.sampleFull : status === 'busy' ? styles.sampleHalf : styles.sampleOpen}
      />
      {status === 'on-scene' && <circle cx="12" cy="12.5" r="9" className={styles.sampleRing} />}
      {status === 'stale' && <path d="M7 14.5 14.5 7M9 17.5 17 9.5M12.5 18.5 18 13" className={styles.sampleRing} />}
    </svg>
  );
}

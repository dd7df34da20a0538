import type { ReactNode } from 'react';
import styles from '../map.module.css';

/** A sentence at the foot of the map. `stale`: what is on the map may not be what is so. */
export function MapNote({ stale, children }: { stale?: boolean; children: ReactNode }) {
  return (
    <div className={`${styles.panel} ${styles.note}`} data-stale={stale || undefined}>
      {children}
    </div>
  );
}

import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** Nothing here, said calmly: what would be here, and how to get it. */
export function EmptyState(props: { icon?: ReactNode; title: string; hint?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      {props.icon !== undefined && <div className={styles.icon}>{props.icon}</div>}
      <div className={styles.title}>{props.title}</div>
      {props.hint !== undefined && <div className={styles.hint}>{props.hint}</div>}
      {props.children}
    </div>
  );
}

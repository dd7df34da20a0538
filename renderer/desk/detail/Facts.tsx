import type { ReactNode } from 'react';
import styles from './Detail.module.css';

/** A name and its value. */
export type FactRow = readonly [string, ReactNode];

/** Name and value, in two columns. */
export function Facts({ rows }: { rows: readonly FactRow[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The head of a detail: what it is, its name, and its badge. */
export function DetailHead(props: { kind: string; title: string; badge?: ReactNode }) {
  return (
    <header className={styles.head}>
      <div className={styles.headKind}>
        <span>{props.kind}</span>
        {props.badge}
      </div>
      <h2 className={styles.headTitle}>{props.title}</h2>
    </header>
  );
}

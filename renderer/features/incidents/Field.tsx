import { type ReactNode, useId } from 'react';
import styles from './NewIncident.module.css';

/** What joins an input to its name and to what is wrong with it. */
interface Marks {
  readonly id: string;
  readonly 'aria-invalid'?: true;
  readonly 'aria-describedby'?: string;
}

/** A field with its name, and what is wrong with it. */
export function Field(props: { label: string; fault: string | null; children: (marks: Marks) => ReactNode }) {
  const id = useId();
  const why = `${id}-fault`;
  const marks: Marks = props.fault === null ? { id } : { id, 'aria-invalid': true, 'aria-describedby': why };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.label}</label>
      <div className={styles.value}>{props.children(marks)}</div>
      {props.fault !== null && (
        <span id={why} className={styles.fault} role="alert">
          {props.fault}
        </span>
      )}
    </div>
  );
}

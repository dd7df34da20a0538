import type { ReactNode } from 'react';
import styles from './ActionButton.module.css';
import { Kbd } from './Kbd.tsx';

/** A button that says its key. The first thing to do is solid blue; the rest are quiet. */
export function ActionButton(props: {
  children: ReactNode;
  onClick: () => void;
  keys?: string;
  icon?: ReactNode;
  primary?: boolean;
  disabled?: boolean;
  busy?: boolean;
  large?: boolean;
  title?: string;
  label?: string;
}) {
  return (
    <button
      type="button"
      className={styles.button}
      data-action
      data-primary={props.primary || undefined}
      data-large={props.large || undefined}
      data-busy={props.busy || undefined}
      aria-busy={props.busy || undefined}
      aria-label={props.label}
      disabled={props.disabled === true || props.busy === true}
      onClick={props.onClick}
      title={props.title}
    >
      {props.icon}
      <span>{props.children}</span>
      {props.keys !== undefined && (
        <span aria-hidden="true">
          <Kbd keys={props.keys} quiet />
        </span>
      )}
    </button>
  );
}

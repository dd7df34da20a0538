import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './ActionButton.module.css';
import { Kbd } from './Kbd.tsx';

/** What opens a menu is told so by the menu. */
type OfMenu = Pick<ComponentPropsWithRef<'button'>, 'ref' | 'id' | 'aria-haspopup' | 'aria-expanded' | 'aria-controls'>;

interface ActionButtonProps extends OfMenu {
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
}

/** A button that says its key. The first thing to do is solid blue; the rest are quiet. */
export function ActionButton(props: ActionButtonProps) {
  return (
    <button
      ref={props.ref}
      id={props.id}
      aria-haspopup={props['aria-haspopup']}
      aria-expanded={props['aria-expanded']}
      aria-controls={props['aria-controls']}
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

import styles from './Kbd.module.css';
import { KEY_NAMES } from './keyNames.ts';

/** A key as it is printed on it: `alt+shift+1` → Alt Shift 1. */
export function Kbd({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return (
    <span className={styles.keys} data-quiet={quiet || undefined}>
      {parts.map((part) => (
        <kbd key={part} className={styles.key}>
          {KEY_NAMES[part] ?? part.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}

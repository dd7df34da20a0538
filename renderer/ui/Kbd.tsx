import styles from './Kbd.module.css';

const NAMES: Record<string, string> = {
  space: 'Space',
  enter: '↵ Enter',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};

/** A key as it is printed on it: `alt+shift+1` → Alt Shift 1. */
export function Kbd({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return (
    <span className={styles.keys} data-quiet={quiet || undefined}>
      {parts.map((part) => (
        <kbd key={part} className={styles.key}>
          {NAMES[part] ?? part.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}

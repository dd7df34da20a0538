import { useId, useState } from 'react';
import styles from './Form.module.css';

/** Words with commas; what is typed is written as it is typed, and put in order when the field is left, or it would lose its last comma. */
export function Listed({
  label,
  placeholder,
  value,
  onWrite,
}: {
  label: string;
  placeholder: string;
  value: string;
  onWrite: (all: readonly string[]) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        value={typed ?? value}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          onWrite(currentTarget.value.split(/[,，、\s]+/).filter((each) => each !== ''));
        }}
        onBlur={() => setTyped(null)}
      />
    </div>
  );
}

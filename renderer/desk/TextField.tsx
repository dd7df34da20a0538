import { type ComponentProps, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { charactersOver } from './charactersOver.ts';
import styles from './TextField.module.css';

interface Given {
  readonly value: string;
  /** Characters that the hall takes. */
  readonly most: number;
  /** What else is wrong with it, in words; null for nothing. */
  readonly wrong?: string | null;
  onWrite(text: string): void;
}

type Line = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'maxLength'>;
type Lines = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'maxLength'>;

/**
 * A text of at most so many characters: a line, or with `rows` several. What is longer stays as it was typed or pasted, and the field says by how
 * much; its form sends nothing then ({@link charactersOver}).
 */
export function TextField(props: Given & (({ rows: number } & Lines) | ({ rows?: never } & Line))) {
  const { value, most, wrong = null, onWrite, ...rest } = props;
  const { t } = useTranslation();
  const why = `${useId()}-why`;
  const over = charactersOver(value, most);
  const fault = over > 0 ? t('common:field.too-long', { over, most }) : wrong;
  const marks = fault === null ? {} : ({ 'aria-invalid': true, 'aria-describedby': why } as const);
  return (
    <div className={styles.field}>
      {rest.rows === undefined ? (
        <input {...(rest as Line)} {...marks} value={value} onChange={(event) => onWrite(event.currentTarget.value)} />
      ) : (
        <textarea
          {...(rest as Lines)}
          {...marks}
          value={value}
          onChange={(event) => onWrite(event.currentTarget.value)}
        />
      )}
      {fault !== null && (
        <p id={why} className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

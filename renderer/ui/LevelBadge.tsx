import type { Level } from '../../contract/schema/basics.ts';
import { NUMERAL } from '../../core/words.ts';
import { useWords } from '../i18n/index.ts';
import styles from './LevelBadge.module.css';

const SHAPES: Record<Level, string> = {
  1: 'M4.1 0.6h5.8l3.5 3.5v5.8l-3.5 3.5H4.1L0.6 9.9V4.1z',
  2: 'M7 0.8 13.6 12.8H0.4z',
  3: 'M7 0.4 13.6 7 7 13.6 0.4 7z',
  4: 'M7 0.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 7 0.8z',
};

/** A level's shape alone: octagon, triangle, diamond, circle, from the worst to the mildest. */
export function LevelShape({ level, size = 12 }: { level: Level; size?: number }) {
  return (
    <svg
      className={styles.shape}
      data-level={level}
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      <path d={SHAPES[level]} />
    </svg>
  );
}

/** A response level as shape, numeral, word and colour, so that no one of them has to be seen. */
export function LevelBadge({ level, long = false, brief = false }: { level: Level; long?: boolean; brief?: boolean }) {
  const { t } = useWords();
  return (
    <span className={styles.badge} data-level={level} title={t(`common:level.long.${level}`)}>
      <LevelShape level={level} />
      {long ? (
        <span>{t(`common:level.name.${level}`)}</span>
      ) : (
        <>
          <span className={styles.numeral}>{NUMERAL[level]}</span>
          {!brief && <span>{t(`common:level.short.${level}`)}</span>}
        </>
      )}
    </span>
  );
}

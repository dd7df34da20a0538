import { useTranslation } from 'react-i18next';
import type { Level } from '../../../contract/schema/basics.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './Warnings.module.css';

/** A warning's level as authorities name it: by its colour, with shape and numeral beside. */
export function WarningBadge({ level }: { level: Level }) {
  const { t } = useTranslation();
  return (
    <span className={styles.badge}>
      <LevelBadge level={level} brief />
      <span>{t(`warnings:colour.${level}`)}</span>
    </span>
  );
}

import { IconTruck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../contract/features/plans.ts';
import { useUnitReports } from '../../bridge/index.ts';
import { Who } from '../../desk/Who.tsx';
import { clockTime, distance } from '../../ui/format.ts';
import styles from './StepUnits.module.css';
import { type Spot, wayLeft } from './unitWay.ts';

/** A unit that is sent: its call sign, how far it is by its own reports, and who sent it when. */
export function UnitOnTheWay({ unit, place }: { unit: StepView['units'][number]; place: Spot | null }) {
  const { t } = useTranslation();
  const newest = useUnitReports(place === null ? null : unit.unit)?.newest ?? null;
  const way = place !== null && newest !== null ? wayLeft(newest, place) : null;
  return (
    <span className={styles.way}>
      <IconTruck size="0.9375rem" aria-hidden="true" />
      <strong>{unit.name}</strong>
      {way !== null && (
        <span>
          {way.there
            ? t('plans:units.there')
            : t('plans:units.way', { far: distance(way.metres), minutes: way.minutes })}
        </span>
      )}
      <span className={styles.by}>
        {clockTime(unit.by.at)} <Who {...unit.by} />
      </span>
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import type { SensorEntry } from '../../../contract/features/sensors.ts';
import { useObservation, useRecent } from '../../bridge/index.ts';
import { Age } from '../../ui/Age.tsx';
import { clockTime, measured } from '../../ui/format.ts';
import styles from './Detail.module.css';
import { trend } from './trend.ts';

const BOX = { width: 300, height: 64 };
const STALE_MS = 60_000;

/** A sensor's newest value and the last ones, with the value an alarm was raised at as a dashed line. */
export function Sparkline({ sensor, raisedAt }: { sensor: SensorEntry; raisedAt: number | null }) {
  const { t } = useTranslation();
  const newest = useObservation(sensor.id);
  const line = trend(useRecent(sensor.id), BOX, raisedAt);
  if (newest === undefined) return null;
  return (
    <figure className={styles.trend}>
      <figcaption className={styles.trendHead}>
        <span className={styles.trendValue}>
          {measured(newest.value)} <small>{sensor.unit}</small>
        </span>
        {newest.quality !== 'good' && <span className={styles.tag}>{t(`detail:quality.${newest.quality}`)}</span>}
        <span className={styles.grow} />
        <span className={styles.dim}>
          {t('detail:measured')} <Age since={newest.t} staleAfterMs={STALE_MS} /> {t('common:time.ago')}
        </span>
      </figcaption>
      {line ? (
        <>
          <svg
            viewBox={`0 0 ${BOX.width} ${BOX.height}`}
            preserveAspectRatio="none"
            className={styles.trendSvg}
            role="img"
            aria-label={t('detail:trend', { min: measured(line.min), max: measured(line.max), unit: sensor.unit })}
          >
            {line.thresholdY !== null && (
              <line x1="0" x2={BOX.width} y1={line.thresholdY} y2={line.thresholdY} className={styles.threshold} />
            )}
            <polyline points={line.points} className={styles.trendLine} />
          </svg>
          <div className={styles.trendFoot}>
            <span>{clockTime(line.from)}</span>
            {raisedAt !== null && (
              <span>{t('detail:threshold', { value: measured(raisedAt), unit: sensor.unit })}</span>
            )}
            <span>{clockTime(line.to)}</span>
          </div>
        </>
      ) : (
        <div className={styles.dim}>{t('detail:no-trend')}</div>
      )}
    </figure>
  );
}

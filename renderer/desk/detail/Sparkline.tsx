import { useTranslation } from 'react-i18next';
import type { SensorEntry } from '../../../contract/features/sensors.ts';
import { useObservation, useRecent } from '../../bridge/index.ts';
import { Age } from '../../ui/Age.tsx';
import { clockTime, measured } from '../../ui/format.ts';
import styles from './Detail.module.css';
import { trend } from './trend.ts';

const BOX = { width: 300, height: 64 };
const STALE_MS = 60_000;

/**
 * A sensor's newest value and the last ones.
 *
 * @param props.threshold of an alarm's rule, a dashed line; null where it is not known
 * @param props.raised the value at which the alarm was raised, or last got worse, a dotted line
 */
export function Sparkline(props: {
  sensor: SensorEntry;
  threshold?: number | null;
  raised?: { readonly value: number; readonly how: 'raised' | 'worsened' } | null;
}) {
  const { sensor, threshold = null, raised = null } = props;
  const { t } = useTranslation();
  const newest = useObservation(sensor.id);
  const marked = [threshold, raised?.value ?? null];
  const line = trend(
    useRecent(sensor.id),
    BOX,
    marked.filter((value) => value !== null),
  );
  const [thresholdY, raisedY] = threshold === null ? [undefined, line?.marks[0]] : (line?.marks ?? []);
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
            {thresholdY !== undefined && (
              <line x1="0" x2={BOX.width} y1={thresholdY} y2={thresholdY} className={styles.threshold} />
            )}
            {raisedY !== undefined && (
              <line x1="0" x2={BOX.width} y1={raisedY} y2={raisedY} className={styles.raised} />
            )}
            <polyline points={line.points} className={styles.trendLine} />
          </svg>
          <div className={styles.trendFoot}>
            <span>{clockTime(line.from)}</span>
            {threshold !== null && (
              <span className={styles.ofThreshold}>
                {t('detail:threshold', { value: measured(threshold), unit: sensor.unit })}
              </span>
            )}
            {raised !== null && (
              <span className={styles.ofRaised}>
                {t(`detail:${raised.how}`, { value: measured(raised.value), unit: sensor.unit })}
              </span>
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

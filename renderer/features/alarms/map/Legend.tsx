import { useTranslation } from 'react-i18next';
import styles from '../../../map/map.module.css';
import { LEVEL_SHAPES } from '../../../map/overlays/symbols.ts';
import own from './Legend.module.css';

/** What an alarm's mark says, and one that stands for several. */
export function AlarmsLegend() {
  const { t } = useTranslation();
  return (
    <>
      <h3 className={styles.section}>{t('alarms:map.legend')}</h3>
      <p className={own.line}>
        <Sample words="!" />
        <Sample hollow words="!" />
        <span>{t('alarms:map.legend-one')}</span>
      </p>
      <p className={own.line}>
        <Sample words="12" />
        <span>{t('alarms:map.legend-many')}</span>
      </p>
    </>
  );
}

/** A mark of level I. */
function Sample({ words, hollow = false }: { words: string; hollow?: boolean }) {
  return (
    <svg className={styles.sign} viewBox="-1 -1 16 16" aria-hidden="true">
      <path d={LEVEL_SHAPES[1]} className={own.shape} data-hollow={hollow || undefined} />
      <text x="7" y="10" textAnchor="middle" className={own.words} data-hollow={hollow || undefined}>
        {words}
      </text>
    </svg>
  );
}

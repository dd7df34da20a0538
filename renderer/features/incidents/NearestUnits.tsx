import { useTranslation } from 'react-i18next';
import type { LonLat } from '../../../core/places/geo.ts';
import { useNearRows } from '../../desk/useNearRows.ts';
import { useDepartmentName, useKindName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import styles from './NewIncident.module.css';

const RADIUS_M = 5000;
const MOST = 4;

/** The units that would be there soonest and have nothing else to do: what a caller asks first. */
export function NearestUnits({ point }: { point: LonLat }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const departmentName = useDepartmentName();
  const kindName = useKindName();
  const { rows } = useNearRows(point, RADIUS_M);
  const soonest = (rows ?? [])
    .filter(({ what, status, eta }) => what === 'unit' && status === 'available' && eta !== null)
    .slice(0, MOST);
  if (rows === null) return null;
  return (
    <section className={styles.beside} aria-label={t('incidents:new.nearest')}>
      <h4>{t('incidents:new.nearest')}</h4>
      {soonest.length === 0 && <p className={styles.hint}>{t('incidents:new.nearest-none')}</p>}
      {soonest.map(({ id, name, department, type, eta }) => (
        <div key={id} className={styles.candidate}>
          <span className={styles.name}>{text(name)}</span>
          <span>
            {[departmentName(department ?? ''), kindName('unit', type)].filter((it) => it !== '').join(' · ')}
          </span>
          <span className={styles.minutes}>
            {t(eta?.by === 'straight' ? 'incidents:new.minutes-straight' : 'incidents:new.minutes', {
              minutes: Math.max(1, Math.round((eta?.seconds ?? 0) / 60)),
            })}
          </span>
        </div>
      ))}
    </section>
  );
}

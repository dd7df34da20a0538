import { useTranslation } from 'react-i18next';
import type { LonLat } from '../../../core/places/geo.ts';
import { useOpenIncidents } from '../../desk/incidents.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { distance } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import { useNow } from '../../ui/ticker.tsx';
import { candidates } from './candidates.ts';
import styles from './NewIncident.module.css';

/** So many: the third of them is hardly the same. */
const MOST = 3;

/**
 * Incidents that are open and may well be what is told of here: many call about one thing. What was told is noted there instead of opening
 * another.
 */
export function AlreadyOpen({ point, onNote }: { point: LonLat; onNote: (incident: string) => void }) {
  const { t } = useTranslation();
  const whatAndWhere = useWhatAndWhere();
  const open = useOpenIncidents();
  const at = useNow();
  const near = candidates({ id: '', rule: null, place: point, at }, open)
    .filter(({ fits }) => fits)
    .slice(0, MOST);
  if (near.length === 0) return null;
  return (
    <section className={styles.beside} aria-label={t('incidents:new.already')}>
      <h4>{t('incidents:new.already')}</h4>
      {near.map(({ incident, metres }) => (
        <div key={incident.id} className={styles.candidate}>
          <LevelBadge level={incident.level} />
          <span className={styles.name}>{whatAndWhere(incident)}</span>
          <span>{t('incidents:choose.away', { distance: distance(metres) })}</span>
          <Age since={incident.openedAt} />
          <ActionButton
            label={`${t('incidents:new.note-there')} · ${whatAndWhere(incident)}`}
            onClick={() => onNote(incident.id)}
          >
            {t('incidents:new.note-there')}
          </ActionButton>
        </div>
      ))}
    </section>
  );
}

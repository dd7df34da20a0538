import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type IncidentView, MOST_INCIDENTS } from '../../../contract/features/incidents.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import styles from '../../desk/detail/Detail.module.css';
import type { FactRow } from '../../desk/detail/Facts.tsx';
import { useIncident } from '../../desk/incidents.ts';
import { useWhatAndWhere } from '../../desk/words.ts';

/** What was told when the incident was opened, and by whom. */
export function told({ words, caller }: Pick<IncidentView, 'words' | 'caller'>, t: TFunction): FactRow[] {
  const who = [caller.name, caller.phone].filter((part) => part !== '').join(' · ');
  return [
    ...(words === '' ? [] : [[t('incidents:new.words'), words] as const]),
    ...(who === '' ? [] : [[t('incidents:new.caller'), who] as const]),
  ];
}

/** An incident by name, as a way to it. */
export function Named({ incident: id }: { incident: string }) {
  const incident = useIncident(id);
  const select = useSelect();
  const whatAndWhere = useWhatAndWhere();
  return (
    <button type="button" className={styles.link} onClick={() => select({ kind: 'incident', id, at: null })}>
      {incident ? whatAndWhere(incident) : id}
    </button>
  );
}

/** The alarms that are in an incident, and the incidents that were merged into it, each a way to it. */
export function Belonging({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation();
  const select = useSelect();
  const whatAndWhere = useWhatAndWhere();
  const { rows } = useQuery('incidents.list', MERGED);
  const merged = (rows ?? []).filter(({ into }) => into === incident.id);
  const alarms = [...useTopic('alarms').values()].filter((alarm) => alarm.incident === incident.id);
  return (
    <>
      {alarms.length > 0 && (
        <section className={styles.section}>
          <h3>{t('incidents:alarms')}</h3>
          {alarms.map((alarm) => (
            <button
              key={alarm.id}
              type="button"
              className={styles.runRow}
              onClick={() => select({ kind: 'alarm', id: alarm.id, at: null })}
            >
              <span className={styles.runName}>{whatAndWhere(alarm)}</span>
              <span className={styles.dim}>{t(`alarms:state.${alarm.state}`)}</span>
            </button>
          ))}
        </section>
      )}
      {merged.length > 0 && (
        <section className={styles.section}>
          <h3>{t('incidents:merged')}</h3>
          {merged.map(({ id }) => (
            <Named key={id} incident={id} />
          ))}
        </section>
      )}
    </>
  );
}

const MERGED = { state: 'merged', limit: MOST_INCIDENTS } as const;

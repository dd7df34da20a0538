import { useTranslation } from 'react-i18next';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { useRunLines } from '../../desk/runs.ts';
import type { Subject } from '../../desk/subject.ts';
import { useLang } from '../../i18n/index.ts';
import { useProgressText } from './Progress.tsx';
import { planDesk } from './planDesk.ts';

/** The runs of an incident, each a way to its board. */
export function RunsOfIncident({ subject }: { subject: Subject }) {
  return subject.incident && <Runs incident={subject.incident.id} />;
}

function Runs({ incident }: { incident: string }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const desk = useDeskStore();
  const actions = useActions();
  const runs = useRunLines(incident);
  const progressText = useProgressText();
  if (runs.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{t('plans:of-incident')}</h3>
      {runs.map((run) => (
        <button
          key={run.id}
          type="button"
          className={styles.runRow}
          onClick={() => {
            desk.getState().setIn(planDesk, { run: run.id, launchFor: null });
            actions.focusRegion('plan');
          }}
        >
          <span className={styles.runName}>{text(run.name)}</span>
          <span className={styles.dim}>
            {t(`plans:run.${run.state}`)} · {progressText(run)}
          </span>
        </button>
      ))}
    </section>
  );
}

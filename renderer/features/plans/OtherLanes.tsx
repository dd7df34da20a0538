import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { useDepartmentName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './DepartmentSeat.module.css';
import { inOrderOf, tasksOf } from './departmentTasks.ts';
import { ProgressBar, progressOf, useProgressText } from './Progress.tsx';
import { isOpen } from './stepActions.ts';
import { useIncidentsOf, useWhereOf } from './useIncidentsOf.ts';

/** How the other departments are getting on, in a line each; runs in the order of the department's tasks. */
export function OtherLanes({ department }: { department: string }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const runs = useTopic('runs');
  const departmentName = useDepartmentName();
  const whatAndWhere = useWhatAndWhere();
  const progressText = useProgressText();
  const running = inOrderOf(tasksOf(department, runs.values()), runs.values());
  const incidents = useIncidentsOf(running);
  const whereOf = useWhereOf(running);
  return running.map((run) => {
    const incident = incidents.get(run.incident);
    return (
      <section key={run.id} className={styles.other} aria-label={`${whereOf(run)}${text(run.name)}`}>
        <header className={styles.otherHead}>
          {incident && <LevelBadge level={incident.level} long />}
          <strong>{incident ? whatAndWhere(incident) : text(run.name)}</strong>
        </header>
        <div className={styles.dim}>
          {text(run.name)} · {progressText(run)}
        </div>
        <ul className={styles.lanes}>
          {run.lanes.map((lane) => {
            const steps = run.steps.filter((step) => step.lane === lane.id);
            const progress = progressOf(steps);
            const late = steps.some((step) => isOpen(step) && step.overdue !== 'no');
            return (
              <li key={lane.id} data-mine={lane.department === department || undefined}>
                <span className={styles.laneName}>{departmentName(lane.department)}</span>
                <ProgressBar {...progress} />
                <span className={styles.laneCount} data-late={late || undefined}>
                  {late ? t('plans:overdue.short') : progressText(progress)}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
    );
  });
}

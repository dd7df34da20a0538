import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import styles from '../../desk/detail/Detail.module.css';
import type { Subject } from '../../desk/subject.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { StepStateLabel } from './StepState.tsx';
import { mayBeSent } from './unitWay.ts';

/** What a unit is sent for: the steps that are still to be done, each with its plan; choosing one goes to its incident. */
export function TasksOfUnit({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const desk = useDeskStore();
  const runs = useTopic('runs');
  const unit = subject.selection?.id;
  const tasks = useMemo(
    () =>
      [...runs.values()].flatMap((run) =>
        run.state !== 'running'
          ? []
          : run.steps
              .filter((step) => mayBeSent(step) && step.units.some((sent) => sent.unit === unit))
              .map((step) => ({ run, step })),
      ),
    [runs, unit],
  );
  if (tasks.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t('plans:units.tasks')}>
      <h3>{t('plans:units.tasks')}</h3>
      {tasks.map(({ run, step }) => (
        <div key={`${run.id}/${step.id}`} className={styles.levelRow}>
          <ActionButton onClick={() => desk.getState().select({ kind: 'incident', id: run.incident, at: null })}>
            {text(step.title)}
          </ActionButton>
          <StepStateLabel step={step} />
          <span className={styles.dim}>{text(run.name)}</span>
        </div>
      ))}
    </section>
  );
}

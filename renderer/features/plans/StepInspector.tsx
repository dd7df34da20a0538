import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../../contract/schema/basics.ts';
import type { RunView, StepView } from '../../../contract/schema/domain.ts';
import { useLang } from '../../i18n/index.ts';
import { clockTime } from '../../ui/format.ts';
import { Who } from '../detail/Who.tsx';
import { useDepartmentName, useSeatName } from '../detail/words.ts';
import styles from './Step.module.css';
import { StepButtons } from './StepButtons.tsx';
import { StepStateLabel, StepTime } from './StepState.tsx';

/** The step that has the attention: what is asked, who did what when, and what can be done now. */
export function StepInspector({ run, step }: { run: RunView; step: StepView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const departmentName = useDepartmentName();
  const [asking, setAsking] = useState(false);
  return (
    <aside className={styles.inspector} aria-label={t('plans:step')}>
      <div className={styles.inspectorKind}>
        {departmentName(step.department)}
        <StepStateLabel step={step} />
      </div>
      <h3 className={styles.inspectorTitle}>{text(step.title)}</h3>
      {step.detail && <p className={styles.inspectorDetail}>{text(step.detail)}</p>}
      <div className={styles.inspectorTime}>
        <StepTime step={step} worded />
      </div>
      {step.escalatedTo !== null && <Escalated to={step.escalatedTo} />}
      <StepButtons run={run.id} step={step} asking={asking} onAsking={setAsking} />
      <StepHistory run={run} step={step} />
    </aside>
  );
}

/** To whom an overdue step went up. */
export function Escalated({ to }: { to: string }) {
  const { t } = useTranslation();
  const seatName = useSeatName();
  return <div className={styles.escalation}>{t('plans:escalated', { to: seatName(to) })}</div>;
}

/** Who acknowledged, started and finished it, and what it still waits for. */
export function StepHistory({ run, step }: { run: RunView; step: StepView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const by = (decision: Decision) => (
    <>
      {clockTime(decision.at)} <Who {...decision} />
    </>
  );
  const waitsFor = run.steps.filter(
    (other) => step.needs.includes(other.id) && !['done', 'skipped', 'not-taken'].includes(other.state),
  );
  const chosen = step.options.find((option) => option.id === step.chosen);
  return (
    <dl className={styles.history}>
      {step.state === 'waiting' && waitsFor.length > 0 && (
        <>
          <dt>{t('plans:waits-for')}</dt>
          <dd>{waitsFor.map((other) => text(other.title)).join(' · ')}</dd>
        </>
      )}
      {chosen && (
        <>
          <dt>{t('plans:chosen')}</dt>
          <dd>{text(chosen.title)}</dd>
        </>
      )}
      {step.acknowledged && (
        <>
          <dt>{t('plans:state.acknowledged')}</dt>
          <dd>{by(step.acknowledged)}</dd>
        </>
      )}
      {step.started && (
        <>
          <dt>{t('plans:began')}</dt>
          <dd>{by(step.started)}</dd>
        </>
      )}
      {step.finished && (
        <>
          <dt>{t(step.state === 'skipped' ? 'plans:state.skipped' : 'plans:state.done')}</dt>
          <dd>{by(step.finished)}</dd>
        </>
      )}
      {step.note !== null && step.note !== '' && (
        <>
          <dt>{t('plans:note')}</dt>
          <dd>
            {step.note}
            {step.noteCut && ` ${t('plans:note-cut')}`}
          </dd>
        </>
      )}
    </dl>
  );
}

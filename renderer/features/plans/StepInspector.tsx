import { useTranslation } from 'react-i18next';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import type { Decision } from '../../../contract/schema/basics.ts';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { useMay } from '../../desk/rights.ts';
import { Who } from '../../desk/Who.tsx';
import { useDepartmentName, useSeatName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { clockTime } from '../../ui/format.ts';
import styles from './Step.module.css';
import { StepButtons } from './StepButtons.tsx';
import { StepReopen } from './StepReopen.tsx';
import { StepStateLabel, StepTime } from './StepState.tsx';
import { StepUnits } from './StepUnits.tsx';
import { isOpen } from './stepActions.ts';
import type { Spot } from './unitWay.ts';

/** The step that has the attention: what is asked, who did what when, and what can be done now. */
export function StepInspector(props: {
  run: RunView;
  step: StepView;
  /** Where its incident is; null while that is not known. */
  place: Spot | null;
  /** The step that wants attention once this one is settled, and how to go there. */
  next: StepView | null;
  onNext: () => void;
  onTouch: () => void;
  moved: () => boolean;
}) {
  const { run, step, next } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const departmentName = useDepartmentName();
  const may = useMay();
  const skipping = useForm(`${run.id}/${step.id}`, 'skip', `${t('plans:action.skip')} · ${text(step.title)}`);
  const reopening = useForm(`${run.id}/${step.id}`, 'reopen', `${t('plans:action.reopen')} · ${text(step.title)}`);
  const running = run.state === 'running';
  return (
    <aside className={styles.inspector} aria-label={t('plans:step')} onPointerEnter={props.onTouch}>
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
      {may.actFor(step.department) ? (
        <>
          {(running || skipping.open) && (
            <StepButtons run={run.id} step={step} skipping={skipping} onTouch={props.onTouch} moved={props.moved} />
          )}
          <StepReopen run={run} step={step} form={reopening} onTouch={props.onTouch} />
        </>
      ) : (
        isOpen(step) && (
          <p className={styles.inspectorDetail}>
            {t('plans:not-yours', { department: departmentName(step.department) })}
          </p>
        )
      )}
      <StepUnits run={run} step={step} place={props.place} acts={may.actFor(step.department)} onTouch={props.onTouch} />
      {next && !isOpen(step) && !skipping.open && !reopening.open && (
        <div className={styles.next}>
          <ActionButton keys="escape" onClick={props.onNext}>
            {t('plans:next', { title: text(next.title) })}
          </ActionButton>
        </div>
      )}
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
      {step.reopened && (
        <>
          <dt>{t('plans:reopened')}</dt>
          <dd>{by(step.reopened)}</dd>
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

import { useTranslation } from 'react-i18next';
import type { IncidentRow } from '../../../contract/features/incidents.ts';
import { useAct } from '../../desk/act.ts';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './DepartmentSeat.module.css';
import type { DepartmentTask } from './departmentTasks.ts';
import { StepButtons } from './StepButtons.tsx';
import { Escalated, StepHistory } from './StepInspector.tsx';
import { StepReopen } from './StepReopen.tsx';
import { StepStateLabel, StepTime } from './StepState.tsx';
import { StepUnits } from './StepUnits.tsx';
import { isOpen, stepActions } from './stepActions.ts';
import { useDid } from './useDid.ts';

/** A task of a department: what is to be done, where, how bad it is, and for which incident. */
export function TaskCard(
  props: DepartmentTask & {
    id: string;
    current: boolean;
    /** Undefined while it is not known. */
    incident: IncidentRow | undefined;
    /** Which of how many incidents the department works on. */
    which: { readonly n: number; readonly count: number };
    moved: () => boolean;
    onPick: () => void;
  },
) {
  const { run, step, current, incident, which } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const { act, busy, failure } = useAct({ beside: true });
  const did = useDid();
  const skipping = useForm(props.id, 'skip', `${t('plans:action.skip')} · ${text(step.title)}`);
  const noting = useForm(props.id, 'finish', `${t('plans:finish-note')} · ${text(step.title)}`);
  const reopening = useForm(props.id, 'reopen', `${t('plans:action.reopen')} · ${text(step.title)}`);
  const note = () => {
    props.onPick();
    noting.show();
  };
  const open = isOpen(step);
  const late = open && step.overdue !== 'no';

  useShortcuts([
    {
      id: `task.note.${props.id}`,
      keys: ['n'],
      scope: 'plan',
      label: 'plans:key.task.note',
      unlisted: !current,
      enabled: () => current && step.state === 'started',
      run: note,
    },
  ]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the region move between tasks
    <li
      className={styles.task}
      data-task={props.id}
      data-state={step.state}
      data-current={current || undefined}
      data-late={late || undefined}
      aria-current={current}
      onClick={props.onPick}
      onFocus={props.onPick}
    >
      <div className={styles.taskHead}>
        <StepStateLabel step={step} />
        <span className={styles.taskTime}>
          <StepTime step={step} worded={!late} />
        </span>
      </div>
      {incident && (
        <div className={styles.taskPlace}>
          <LevelBadge level={incident.level} long />
          <strong>{whatAndWhere(incident)}</strong>
          {which.count > 1 && <span className={styles.dim}>{t('plans:seat.which-incident', which)}</span>}
        </div>
      )}
      <h3 className={styles.taskTitle}>{text(step.title)}</h3>
      {which.count > 1 && <div className={styles.dim}>{text(run.name)}</div>}
      {step.detail && (open || current) && <p className={styles.taskDetail}>{text(step.detail)}</p>}
      {step.escalatedTo !== null && <Escalated to={step.escalatedTo} />}
      {noting.open ? (
        <ReasonForm
          form={noting}
          label={t('plans:finish-note')}
          submit={t('plans:action.finish')}
          required={false}
          busy={busy.has('runs.finish')}
          over={
            run.state !== 'running'
              ? t('plans:run-over')
              : stepActions(step).includes('finish')
                ? null
                : t('plans:over', { state: t(`plans:state.${step.state}`) })
          }
          failure={failure}
          onSubmit={async (said) => {
            const what = { run: run.id, step: step.id, ...(said === '' ? {} : { note: said }) };
            const done = (await act('runs.finish', what)) !== undefined;
            if (done) did(run.id, step.id, t('plans:undo.finish', { title: text(step.title) }));
            return done;
          }}
        />
      ) : (
        (open || skipping.open) && (
          <div className={styles.taskButtons}>
            <StepButtons
              run={run.id}
              step={step}
              skipping={skipping}
              onTouch={props.onPick}
              moved={props.moved}
              large
              keys={current}
            />
            {step.state === 'started' && !skipping.open && (
              <button type="button" className={styles.noteLink} onClick={note}>
                {t('plans:finish-with-note')}
              </button>
            )}
          </div>
        )
      )}
      <StepUnits
        run={run}
        step={step}
        place={incident?.place ?? null}
        acts={current}
        onTouch={props.onPick}
        keys={current}
        large
      />
      {(current || reopening.open) && (
        <div className={styles.taskButtons}>
          <StepReopen run={run} step={step} form={reopening} onTouch={props.onPick} keys={current} large />
        </div>
      )}
      <StepHistory run={run} step={step} />
    </li>
  );
}

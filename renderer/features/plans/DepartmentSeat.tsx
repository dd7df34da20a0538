import { IconClipboardCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_INCIDENTS } from '../../../contract/features/incidents.ts';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import type { Selection } from '../../../contract/features/seats.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { useDraftList, useForm } from '../../desk/DraftsProvider.tsx';
import { draftKey } from '../../desk/drafts.ts';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useDepartmentName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './DepartmentSeat.module.css';
import { ProgressBar, progressOf, useProgressText } from './Progress.tsx';
import { planDesk } from './planDesk.ts';
import { StepButtons } from './StepButtons.tsx';
import { Escalated, StepHistory } from './StepInspector.tsx';
import { StepStateLabel, StepTime } from './StepState.tsx';
import { byAttention, isOpen, stepActions } from './stepActions.ts';
import { useMoved } from './useMoved.ts';

interface Mine {
  readonly run: RunView;
  readonly step: StepView;
}

/**
 * The steps of one department in every run that is on, what wants attention first.
 * @param kept steps that stay although their run is over: somebody is writing about them
 */
function stepsOf(department: string, runs: Iterable<RunView>, kept: (task: string) => boolean = () => false): Mine[] {
  return [...runs]
    .flatMap((run) => run.steps.filter((step) => step.department === department).map((step) => ({ run, step })))
    .filter((mine) => mine.run.state === 'running' || kept(taskOf(mine)))
    .sort((a, b) => byAttention(a.step, b.step));
}

/** The incident of what wants the department's attention first. */
export function useFirstIncident(department: string): Selection | null {
  const runs = useTopic('runs');
  const first = useMemo(() => stepsOf(department, runs.values())[0]?.run.incident, [department, runs]);
  return useMemo(() => (first === undefined ? null : { kind: 'incident', id: first, at: null }), [first]);
}

function taskOf({ run, step }: Mine): string {
  return `${run.id}/${step.id}`;
}

/** A department's own screen: its tasks, large, and what to do next. */
export function DepartmentSteps({ department }: { department: string }) {
  const { t } = useTranslation();
  const runs = useTopic('runs');
  const desk = useDeskStore();
  const current = useSlice(planDesk, (plans) => plans.step);
  const drafts = useDraftList();
  const mine = useMemo(() => {
    const written = new Set(drafts.filter((draft) => draft.open).map((draft) => draft.key));
    return stepsOf(department, runs.values(), (task) =>
      (['skip', 'finish'] as const).some((field) => written.has(draftKey(task, field))),
    );
  }, [department, runs, drafts]);
  const key = taskOf;
  const chosen = mine.find((item) => key(item) === current) ?? mine[0];

  const moved = useMoved(chosen ? key(chosen) : null, current);

  const move = (by: number) => {
    const at = chosen ? mine.indexOf(chosen) : -1;
    const next = mine[Math.min(mine.length - 1, Math.max(0, at + by))];
    if (!next) return;
    desk.getState().setIn(planDesk, { step: key(next) });
    document.querySelector(`[data-task="${CSS.escape(key(next))}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts([
    {
      id: 'task.up',
      keys: ['arrowup'],
      scope: 'plan',
      label: 'plans:key.task.move',
      unlisted: true,
      run: () => move(-1),
    },
    { id: 'task.down', keys: ['arrowdown'], scope: 'plan', label: 'plans:key.task.move', run: () => move(1) },
  ]);

  if (mine.length === 0) {
    return (
      <EmptyState
        icon={<IconClipboardCheck size="2.5rem" stroke={1.3} />}
        title={t('plans:seat.none')}
        hint={t('plans:seat.none-hint')}
      />
    );
  }
  return (
    <ul className={styles.tasks} aria-label={t('plans:seat.tasks')}>
      {mine.map((item) => (
        <Task
          key={key(item)}
          id={key(item)}
          {...item}
          current={item === chosen}
          several={new Set(mine.map((other) => other.run.id)).size > 1}
          moved={moved}
          onPick={() => desk.getState().setIn(planDesk, { step: key(item) })}
        />
      ))}
    </ul>
  );
}

function Task(
  props: Mine & { id: string; current: boolean; several: boolean; moved: () => boolean; onPick: () => void },
) {
  const { run, step, current } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const { act, busy, failure } = useAct({ beside: true });
  const skipping = useForm(props.id, 'skip', `${t('plans:action.skip')} · ${text(step.title)}`);
  const noting = useForm(props.id, 'finish', `${t('plans:finish-note')} · ${text(step.title)}`);
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
      <h3 className={styles.taskTitle}>{text(step.title)}</h3>
      {props.several && <div className={styles.dim}>{text(run.name)}</div>}
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
          onSubmit={async (said) =>
            (await act('runs.finish', { run: run.id, step: step.id, ...(said === '' ? {} : { note: said }) })) !==
            undefined
          }
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
      <StepHistory run={run} step={step} />
    </li>
  );
}

/** How the other departments are getting on, in a line each. */
export function OtherLanes({ department }: { department: string }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const runs = useTopic('runs');
  const departmentName = useDepartmentName();
  const whatAndWhere = useWhatAndWhere();
  const progressText = useProgressText();
  const running = [...runs.values()].filter((run) => run.state === 'running');
  const ids = [...new Set(running.map((run) => run.incident))].sort().slice(0, MOST_INCIDENTS);
  const incidents = useQuery('incidents.list', ids.length > 0 ? { ids, limit: ids.length } : null).rows ?? [];
  return running.map((run) => {
    const incident = incidents.find(({ id }) => id === run.incident);
    return (
      <section key={run.id} className={styles.other} aria-label={text(run.name)}>
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

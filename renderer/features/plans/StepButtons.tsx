import { IconCheck, IconEye, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import type { Form } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { stateOf } from '../../desk/slice.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import type { Shortcut } from '../../keys/registry.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { planDesk } from './planDesk.ts';
import styles from './Step.module.css';
import { AFTER, STEP_KEYS, type StepAction, stepActions, type WorkAction } from './stepActions.ts';
import { useDid } from './useDid.ts';

const ICONS = { acknowledge: IconEye, start: IconPlayerPlay, finish: IconCheck, skip: IconPlayerSkipForward };
/** Milliseconds in which the second press of an option's number decides. */
const CONFIRM_MS = 8000;
const NUMBER_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** What can be done with a step now, by button and by key. Only one set of these listens for keys at a time: `keys`. */
export function StepButtons(props: {
  run: string;
  step: StepView;
  /** Why it is skipped; its form takes the place of the buttons. */
  skipping: Form;
  /** Something is being done with this step: it is not to go from under the hands. */
  onTouch: () => void;
  /** Whether the step has only just come here by what others did, so that a key may have been meant for another. */
  moved?: () => boolean;
  large?: boolean;
  keys?: boolean;
  withNote?: boolean;
}) {
  const { run, step, large = false, keys = true } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const { act, busy, failure } = useAct({ beside: true });
  const desk = useDeskStore();
  const did = useDid();
  const actions = stepActions(step);
  const at = { run, step: step.id };
  const deciding = useSlice(planDesk, (plans) => plans.deciding);
  const armed = step.options.find((option) => deciding === `${run}/${step.id}/${option.id}`)?.id ?? null;

  useEffect(() => {
    if (armed === null) return;
    const mine = stateOf(desk.getState(), planDesk).deciding;
    const disarm = () => {
      if (stateOf(desk.getState(), planDesk).deciding === mine) desk.getState().setIn(planDesk, { deciding: null });
    };
    const timer = setTimeout(disarm, CONFIRM_MS);
    return () => {
      clearTimeout(timer);
      disarm();
    };
  }, [armed, desk]);

  /** The last thing asked for that the hall has not answered, and what the step is then: a quick hand does not wait for answers. */
  const asked = useRef<{ done: Promise<boolean>; state: StepView['state'] } | null>(null);
  const ask = (action: WorkAction) => {
    const before = asked.current?.done ?? Promise.resolve(true);
    // What was refused is not followed by what was to come after it.
    const done = before.then(async (well) => well && (await act(`runs.${action}`, at)) !== undefined);
    const mine = { done, state: AFTER[action] };
    asked.current = mine;
    void done.then((well) => {
      if (well && action === 'finish') did(run, step.id, t('plans:undo.finish', { title: text(step.title) }));
      if (asked.current === mine) asked.current = null;
    });
  };
  const perform = (action: Exclude<StepAction, 'decide'>) => {
    props.onTouch();
    if (action === 'skip') props.skipping.show();
    else ask(action);
  };
  const decide = (option: string) => {
    props.onTouch();
    desk.getState().setIn(planDesk, { deciding: null });
    void act('runs.decide', { ...at, option }).then((done) => {
      const chosen = step.options.find(({ id }) => id === option);
      if (done && chosen)
        did(run, step.id, t('plans:undo.decide', { title: text(step.title), option: text(chosen.title) }));
    });
  };
  /** What is decided sends people out: the number names the option, the same number or Enter takes it. */
  const arm = (option: string) => {
    props.onTouch();
    if (armed === option) decide(option);
    else desk.getState().setIn(planDesk, { deciding: `${run}/${step.id}/${option}` });
  };
  const byKey = (run: () => void) => () => {
    if (props.moved?.()) desk.getState().sayOnce(t('plans:moved'));
    else run();
  };

  const can = (action: StepAction) => {
    const then = asked.current ? { ...step, state: asked.current.state } : step;
    return keys && !props.skipping.open && stepActions(then).includes(action);
  };
  useShortcuts([
    ...(['acknowledge', 'start', 'finish', 'skip'] as const).map(
      (action): Shortcut => ({
        id: `step.${action}.${keys}`,
        keys: [STEP_KEYS[action]],
        scope: 'plan',
        label: `plans:key.step.${action}`,
        unlisted: !keys,
        enabled: () => can(action),
        run: byKey(() => perform(action)),
      }),
    ),
    ...NUMBER_KEYS.map(
      (digit, i): Shortcut => ({
        id: `step.option.${digit}.${keys}`,
        keys: [digit],
        scope: 'plan',
        label: 'plans:key.step.option',
        unlisted: i > 0 || !keys,
        enabled: () => can('decide') && step.options.length > i,
        run: byKey(() => {
          const option = step.options[i];
          if (option) arm(option.id);
        }),
      }),
    ),
    {
      id: `step.confirm.${keys}`,
      keys: ['enter'],
      scope: 'plan',
      label: 'plans:key.step.confirm',
      overControl: true,
      unlisted: !keys,
      enabled: () => armed !== null && can('decide'),
      run: () => armed !== null && decide(armed),
    },
    {
      id: `step.disarm.${keys}`,
      keys: ['escape'],
      scope: 'plan',
      label: 'plans:key.step.confirm',
      unlisted: true,
      enabled: () => armed !== null && can('decide'),
      run: () => desk.getState().setIn(planDesk, { deciding: null }),
    },
  ]);

  if (props.skipping.open) {
    return (
      <ReasonForm
        form={props.skipping}
        label={t('plans:skip-why')}
        submit={t('plans:action.skip')}
        busy={busy.has('runs.skip')}
        over={actions.includes('skip') ? null : t('plans:over', { state: t(`plans:state.${step.state}`) })}
        failure={failure}
        onSubmit={async (reason) => {
          props.onTouch();
          const done = (await act('runs.skip', { ...at, reason })) !== undefined;
          if (done) did(run, step.id, t('plans:undo.skip', { title: text(step.title) }));
          return done;
        }}
      />
    );
  }
  if (actions.length === 0) return failure === null ? null : <ErrorNote error={failure} reveal />;
  return (
    <div className={styles.stepButtons} data-large={large || undefined}>
      {actions.includes('decide') && (
        <fieldset className={styles.options}>
          <legend>{t('plans:choose')}</legend>
          {step.options.map((option, i) => (
            <ActionButton
              key={option.id}
              large={large}
              busy={busy.has('runs.decide')}
              primary={armed === option.id}
              onClick={() => decide(option.id)}
              {...(keys && i < 9 ? { keys: `${i + 1}` } : {})}
            >
              {text(option.title)}
            </ActionButton>
          ))}
          {armed !== null && (
            <p className={styles.confirm} role="status">
              {t('plans:confirm', {
                option: text(step.options.find((option) => option.id === armed)?.title ?? { zh: '', en: '' }),
                digit: step.options.findIndex((option) => option.id === armed) + 1,
              })}
            </p>
          )}
        </fieldset>
      )}
      {actions.map((action, i) => {
        if (action === 'decide') return null;
        const Icon = ICONS[action];
        return (
          <ActionButton
            key={action}
            large={large}
            primary={i === 0}
            icon={<Icon />}
            busy={busy.has(`runs.${action}`)}
            onClick={() => perform(action)}
            {...(keys ? { keys: STEP_KEYS[action] } : {})}
          >
            {t(`plans:action.${action}`)}
          </ActionButton>
        );
      })}
      {failure !== null && (
        <div className={styles.failure}>
          <ErrorNote error={failure} reveal />
        </div>
      )}
    </div>
  );
}

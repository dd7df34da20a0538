import { IconCheck, IconEye, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../contract/schema/domain.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import type { Shortcut } from '../../keys/registry.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ReasonForm } from '../../ui/ReasonForm.tsx';
import { useAct } from '../../workspace/act.ts';
import styles from './Step.module.css';
import { STEP_KEYS, type StepAction, stepActions } from './stepActions.ts';

const ICONS = { acknowledge: IconEye, start: IconPlayerPlay, finish: IconCheck, skip: IconPlayerSkipForward };
const NUMBER_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** What can be done with a step now, by button and by key. Only one set of these listens for keys at a time: `keys`. */
export function StepButtons(props: {
  run: string;
  step: StepView;
  asking: boolean;
  onAsking: (asking: boolean) => void;
  large?: boolean;
  keys?: boolean;
  withNote?: boolean;
}) {
  const { run, step, large = false, keys = true } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const { act, busy } = useAct();
  const actions = stepActions(step);
  const at = { run, step: step.id };

  const perform = (action: Exclude<StepAction, 'decide'>) => {
    if (action === 'skip') props.onAsking(true);
    else if (action === 'acknowledge') void act('runs.acknowledge', at);
    else if (action === 'start') void act('runs.start', at);
    else void act('runs.finish', at);
  };
  const decide = (option: string) => void act('runs.decide', { ...at, option });

  const can = (action: StepAction) => keys && !props.asking && stepActions(step).includes(action);
  useShortcuts([
    ...(['acknowledge', 'start', 'finish', 'skip'] as const).map(
      (action): Shortcut => ({
        id: `step.${action}.${keys}`,
        keys: [STEP_KEYS[action]],
        scope: 'plan',
        label: `keys:step.${action}`,
        unlisted: !keys,
        enabled: () => can(action),
        run: () => perform(action),
      }),
    ),
    ...NUMBER_KEYS.map(
      (digit, i): Shortcut => ({
        id: `step.option.${digit}.${keys}`,
        keys: [digit],
        scope: 'plan',
        label: 'keys:step.option',
        unlisted: i > 0 || !keys,
        enabled: () => can('decide') && step.options.length > i,
        run: () => {
          const option = step.options[i];
          if (option) decide(option.id);
        },
      }),
    ),
  ]);

  if (actions.length === 0) return null;
  if (props.asking) {
    return (
      <ReasonForm
        label={t('plans:skip-why')}
        submit={t('plans:action.skip')}
        busy={busy.has('runs.skip')}
        onCancel={() => props.onAsking(false)}
        onSubmit={(reason) => {
          void act('runs.skip', { ...at, reason });
          props.onAsking(false);
        }}
      />
    );
  }
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
              onClick={() => decide(option.id)}
              {...(keys && i < 9 ? { keys: `${i + 1}` } : {})}
            >
              {text(option.title)}
            </ActionButton>
          ))}
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
    </div>
  );
}

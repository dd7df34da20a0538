import { IconRotate2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import type { Form } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';

/** Opens a settled step again, or withdraws a decision, with a reason. */
export function StepReopen(props: {
  run: RunView;
  step: StepView;
  form: Form;
  onTouch: () => void;
  large?: boolean;
  keys?: boolean;
}) {
  const { run, step, form, large = false, keys = true } = props;
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const settled = step.state === 'done' || step.state === 'skipped';
  const can = settled && run.state === 'running';
  const words = step.kind === 'decision' && step.state === 'done' ? 'withdraw' : 'reopen';
  const show = () => {
    props.onTouch();
    form.show();
  };

  useShortcuts([
    {
      id: `step.reopen.${keys}`,
      keys: ['r'],
      scope: 'plan',
      label: 'plans:key.step.reopen',
      unlisted: !keys,
      enabled: () => keys && can && !form.open,
      run: show,
    },
  ]);

  if (form.open)
    return (
      <ReasonForm
        form={form}
        label={t(`plans:${words}-why`)}
        submit={t(`plans:action.${words}`)}
        busy={busy.has('runs.reopenStep')}
        over={can ? null : t(run.state === 'running' ? 'plans:open-already' : 'plans:run-over')}
        failure={failure}
        onSubmit={async (reason) => {
          props.onTouch();
          return (await act('runs.reopenStep', { run: run.id, step: step.id, reason })) !== undefined;
        }}
      />
    );
  if (!can) return null;
  return (
    <ActionButton icon={<IconRotate2 />} large={large} onClick={show} {...(keys ? { keys: 'r' } : {})}>
      {t(`plans:action.${words}`)}
    </ActionButton>
  );
}

import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../contract/features/plans.ts';
import { isSettledState } from '../../../core/plans/stepState.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useRun } from '../../desk/runs.ts';
import { useLang } from '../../i18n/index.ts';

/** The steps of the run that answers what is looked around from, and how to send a unit for one of them. */
export interface SendingTo {
  /** Those that are still to be done and that this seat acts on, what can be begun now first. */
  readonly steps: readonly StepView[];
  /** The one that units are sent for; undefined: there is none. */
  readonly step: StepView | undefined;
  choose(step: string): void;
  send(unit: string): Promise<void>;
  /** Why the last could not be sent. */
  readonly failure: unknown;
}

export function useSendTo(id: string | null): SendingTo {
  const { t } = useTranslation();
  const { text } = useLang();
  const desk = useDeskStore();
  const may = useMay();
  const run = useRun(id);
  const { units } = useDirectory();
  const { act, failure } = useAct({ beside: true });
  const [chosen, choose] = useState<string | null>(null);
  const steps = useMemo(() => {
    if (run?.state !== 'running') return [];
    const open = run.steps.filter((step) => !isSettledState(step.state) && may.actFor(step.department));
    const waits = (step: StepView) => (step.state === 'waiting' ? 1 : 0);
    return open.sort((a, b) => waits(a) - waits(b));
  }, [run, may]);
  const step = steps.find((each) => each.id === chosen) ?? steps[0];
  return {
    ...{ steps, step, choose, failure },
    async send(unit) {
      if (!run || !step) return;
      if ((await act('runs.assignUnit', { run: run.id, step: step.id, unit })) === undefined) return;
      const name = units.get(unit)?.callSign ?? unit;
      desk.getState().say(t('near:sent', { name, step: text(step.title) }));
    },
  };
}

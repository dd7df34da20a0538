import { useCallback, useState } from 'react';
import type { FileDraft, FileFault } from '../../../../contract/features/setupFiles.ts';
import type { TrialView } from '../../../../contract/features/setupTrial.ts';
import { useAct } from '../../../desk/act.ts';

/** Rules that are tried, as they are written, on what the sensors said. */
export interface RuleTrialState {
  readonly days: number;
  /** What they came to, and of which text; null before they were tried. */
  readonly tried: { readonly view: TrialView; readonly text: string } | null;
  readonly busy: boolean;
  readonly failure: unknown;
  setDays(days: number): void;
  /** @param refused hears what is wrong with the text, where nothing is tried for it */
  begin(draft: FileDraft, refused: (faults: readonly FileFault[]) => void): void;
}

export function useRuleTrial(): RuleTrialState {
  const { act, busy, failure } = useAct({ beside: true });
  const [days, setDays] = useState(1);
  const [tried, setTried] = useState<RuleTrialState['tried']>(null);
  const begin = useCallback(
    ({ base, text }: FileDraft, refused: (faults: readonly FileFault[]) => void) => {
      void act('setup.tryDraft', { kind: 'rules', base, text, days }).then((answer) => {
        if (answer?.outcome === 'refused') refused(answer.faults);
        if (answer?.outcome === 'tried') setTried({ view: answer.tried, text });
      });
    },
    [act, days],
  );
  return { days, tried, busy: busy.has('setup.tryDraft'), failure, setDays, begin };
}

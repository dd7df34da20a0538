import { useCallback, useMemo, useState } from 'react';
import type { MethodName, Params, Result } from '../../contract/methods.ts';
import { useCall } from '../bridge/index.ts';
import { useErrorText } from '../ui/ErrorNote.tsx';
import { useDeskStore } from './DeskProvider.tsx';

/**
 * Calls the hall on a person's behalf: a call that takes long shows in the strip, a call that fails is said at the bottom
 * left. Answers undefined when it failed.
 */
export function useAct(): {
  act: <M extends MethodName>(method: M, params: Params<M>) => Promise<Result<M> | undefined>;
  /** Calls of this component that have not been answered: `method` or `method key`. */
  busy: ReadonlySet<string>;
} {
  const call = useCall();
  const desk = useDeskStore();
  const errorText = useErrorText();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());

  const act = useCallback(
    async <M extends MethodName>(method: M, params: Params<M>): Promise<Result<M> | undefined> => {
      const number = desk.getState().callBegan(Date.now());
      setBusy((before) => new Set(before).add(method));
      try {
        return await call(method, params);
      } catch (error) {
        desk.getState().say({ tone: 'error', ...errorText(error) });
        return undefined;
      } finally {
        desk.getState().callEnded(number);
        setBusy((before) => new Set([...before].filter((other) => other !== method)));
      }
    },
    [call, desk, errorText],
  );
  return useMemo(() => ({ act, busy }), [act, busy]);
}

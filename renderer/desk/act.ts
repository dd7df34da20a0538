import { useCallback, useMemo, useState } from 'react';
import type { MethodName, Params, Result } from '../../contract/index.ts';
import { useCall } from '../bridge/index.ts';
import { useErrorText } from '../ui/ErrorNote.tsx';
import { useDeskStore } from './DeskProvider.tsx';

/**
 * Calls the hall on a person's behalf: a call that takes long shows in the strip, a call that fails is said at the bottom
 * left, or by the component itself. Answers undefined when it failed.
 *
 * @param options.beside the component shows `failure` where it happened; nothing is said at the bottom left
 */
export function useAct(options?: { beside: boolean }): {
  act: <M extends MethodName>(method: M, params: Params<M>) => Promise<Result<M> | undefined>;
  /** Calls of this component that have not been answered: `method` or `method key`. */
  busy: ReadonlySet<string>;
  /** Why the last call failed; null once another is made. */
  failure: unknown;
} {
  const beside = options?.beside ?? false;
  const call = useCall();
  const desk = useDeskStore();
  const errorText = useErrorText();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<unknown>(null);

  const act = useCallback(
    async <M extends MethodName>(method: M, params: Params<M>): Promise<Result<M> | undefined> => {
      const number = desk.getState().callBegan(Date.now());
      setBusy((before) => new Set(before).add(method));
      setFailure(null);
      try {
        return await call(method, params);
      } catch (error) {
        if (beside) setFailure(error);
        else desk.getState().say({ tone: 'error', text: errorText(error) });
        return undefined;
      } finally {
        desk.getState().callEnded(number);
        setBusy((before) => new Set([...before].filter((other) => other !== method)));
      }
    },
    [beside, call, desk, errorText],
  );
  return useMemo(() => ({ act, busy, failure }), [act, busy, failure]);
}

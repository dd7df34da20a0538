import { useCallback, useMemo, useState } from 'react';
import type { MethodName, Params, Result } from '../../contract/index.ts';
import { useCall } from '../bridge/index.ts';
import { useDeskStore } from './DeskProvider.tsx';
import { type Beside, keyOf } from './refusals.ts';

const WINDOW: Beside = { place: null };

/** Where a failure stands, and how the person who asked takes it back: nothing is said of that. */
type Asked = Beside & { readonly signal?: AbortSignal };

/**
 * Calls the hall on a person's behalf: a call that takes long shows in the strip; why one failed stands beside what it is about until it
 * is read (`Refusals`), or is shown by the component itself. Answers undefined when it failed.
 *
 * @param options.beside the component shows `failure` where it happened; it stands nowhere else
 */
export function useAct(options?: { beside: boolean }): {
  /** `where` it stands when it fails; left out, over the window. */
  act: <M extends MethodName>(method: M, params: Params<M>, where?: Asked) => Promise<Result<M> | undefined>;
  /** Calls of this component that have not been answered: `method` or `method key`. */
  busy: ReadonlySet<string>;
  /** Why the last call failed; null once another is made. */
  failure: unknown;
} {
  const beside = options?.beside ?? false;
  const call = useCall();
  const desk = useDeskStore();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<unknown>(null);

  const act = useCallback(
    async <M extends MethodName>(
      method: M,
      params: Params<M>,
      where: Asked = WINDOW,
    ): Promise<Result<M> | undefined> => {
      const number = desk.getState().callBegan(Date.now());
      setBusy((before) => new Set(before).add(method));
      setFailure(null);
      desk.getState().heed(keyOf(method, where));
      try {
        return await call(method, params, where.signal === undefined ? {} : { signal: where.signal });
      } catch (error) {
        if (where.signal?.aborted) return undefined;
        if (beside) setFailure(error);
        else desk.getState().refuse(method, { place: where.place, about: where.about ?? null, why: error });
        return undefined;
      } finally {
        desk.getState().callEnded(number);
        setBusy((before) => new Set([...before].filter((other) => other !== method)));
      }
    },
    [beside, call, desk],
  );
  return useMemo(() => ({ act, busy, failure }), [act, busy, failure]);
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { FeedTrialView } from '../../../../contract/features/setupFeedTrial.ts';
import type { FileDraft, FileFault } from '../../../../contract/features/setupFiles.ts';
import { useCall } from '../../../bridge/index.ts';
import { useAct } from '../../../desk/act.ts';

/** So often, in ms, it is asked how a trial stands. */
const BEAT_MS = 500;

/** A feed that is tried as it is written. */
export interface FeedTrialState {
  /** Null before the first. */
  readonly view: FeedTrialView | null;
  readonly beginning: boolean;
  readonly failure: unknown;
  readonly underWay: boolean;
  /** @param refused hears what is wrong with the text, where nothing is tried for it */
  begin(draft: FileDraft, refused: (faults: readonly FileFault[]) => void): void;
  end(): void;
}

/** One trial at a time; it ends with what shows it. */
export function useFeedTrial(): FeedTrialState {
  const call = useCall();
  const { act, busy, failure } = useAct({ beside: true });
  const [view, setView] = useState<FeedTrialView | null>(null);
  const [trial, setTrial] = useState<string | null>(null);
  const [lost, setLost] = useState<unknown>(null);
  const under = useRef<string | null>(null);
  const underWay = trial !== null && view?.phase === 'under-way';
  under.current = underWay ? trial : null;

  useEffect(() => {
    if (!underWay || trial === null) return;
    const stop = new AbortController();
    const timer = setInterval(() => {
      call('setup.trial', { trial }, { signal: stop.signal }).then(
        (next) => {
          if (!stop.signal.aborted) setView(next);
        },
        (error) => {
          if (stop.signal.aborted) return;
          setLost(error);
          setTrial(null);
        },
      );
    }, BEAT_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [call, trial, underWay]);
  useEffect(
    () => () => {
      if (under.current !== null) void call('setup.endTrial', { trial: under.current }).catch(() => undefined);
    },
    [call],
  );

  const begin = useCallback(
    ({ base, text }: FileDraft, refused: (faults: readonly FileFault[]) => void) => {
      setLost(null);
      void act('setup.beginTrial', { kind: 'feeds', base, text }).then((answer) => {
        if (answer?.outcome === 'refused') refused(answer.faults);
        if (answer?.outcome !== 'begun') return;
        setView(answer.view);
        setTrial(answer.trial);
      });
    },
    [act],
  );
  const end = useCallback(() => {
    if (under.current === null) return;
    void act('setup.endTrial', { trial: under.current }).then((next) => next && setView(next));
  }, [act]);
  return { view, beginning: busy.has('setup.beginTrial'), failure: failure ?? lost, underWay, begin, end };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Result } from '../../../../contract/index.ts';
import { useCall } from '../../../bridge/index.ts';
import { askedOf, type Choice, NO_CHOICE } from './choice.ts';
import { type SentFile, sendFile, withdraw } from './sendFile.ts';

/** Longer than the hall may read, when others wait before. */
const ANSWER_MS = 250_000;

type Plan = Result<'setup.plan'>;
export type Planned = Extract<Plan, { outcome: 'planned' }>;
export type Refused = Extract<Plan, { outcome: 'refused' }>;

/** How far an import is. */
export type Phase =
  | { readonly is: 'choosing' }
  | { readonly is: 'sending'; readonly sent: number; readonly of: number }
  | { readonly is: 'reading' }
  | { readonly is: 'refused'; readonly why: Refused }
  | { readonly is: 'seen' | 'writing'; readonly plan: Planned }
  | { readonly is: 'written'; readonly done: Result<'setup.import'>; readonly left: number };

export interface Importing {
  readonly choice: Choice;
  readonly phase: Phase;
  /** Why the last step failed; null once another is made. */
  readonly failure: unknown;
  /** Chooses something else: what was seen of the former choice goes away. */
  choose(part: Partial<Choice>): void;
  look(): void;
  /** Gives up what is under way; what was chosen stays. */
  cancel(): void;
  write(): void;
  /** Gives up the file as well. */
  leave(): void;
}

const CHOOSING: Phase = { is: 'choosing' };

/** One import from a window, from the choice of a file until it is written. A file that is given up, or left with the window, is withdrawn. */
export function useImport(onWritten: () => void): Importing {
  const call = useCall();
  const [choice, setChoice] = useState(NO_CHOICE);
  const [phase, setPhase] = useState<Phase>(CHOOSING);
  const [failure, setFailure] = useState<unknown>(null);
  const there = useRef<{ file: SentFile; upload: string } | null>(null);
  const under = useRef<AbortController | null>(null);

  const forget = useCallback(() => {
    under.current?.abort();
    under.current = null;
    if (there.current) withdraw(call, there.current.upload);
    there.current = null;
  }, [call]);
  useEffect(() => {
    addEventListener('pagehide', forget);
    return () => {
      removeEventListener('pagehide', forget);
      forget();
    };
  }, [forget]);

  /** Does a step that can be given up; a file whose step failed is brought anew. */
  async function step(work: (signal: AbortSignal) => Promise<Phase>): Promise<void> {
    const mine = new AbortController();
    under.current = mine;
    setFailure(null);
    try {
      const next = await work(mine.signal);
      if (!mine.signal.aborted) setPhase(next);
    } catch (error) {
      if (mine.signal.aborted) return;
      forget();
      setFailure(error);
      setPhase(CHOOSING);
    }
  }

  async function bring(file: SentFile, signal: AbortSignal): Promise<string> {
    if (there.current?.file === file) return there.current.upload;
    setPhase({ is: 'sending', sent: 0, of: file.size });
    const onProgress = (sent: number) => {
      if (!signal.aborted) setPhase({ is: 'sending', sent, of: file.size });
    };
    const upload = await sendFile(call, file, { signal, onProgress });
    there.current = { file, upload };
    return upload;
  }

  return {
    choice,
    phase,
    failure,
    choose(part) {
      const next = { ...choice, ...part };
      if (next.file !== choice.file) forget();
      else under.current?.abort();
      setChoice(next);
      setFailure(null);
      setPhase(CHOOSING);
    },
    look() {
      const { file } = choice;
      if (file === null) return;
      void step(async (signal) => {
        const upload = await bring(file, signal);
        setPhase({ is: 'reading' });
        const plan = await call('setup.plan', askedOf(choice, upload), { signal, timeoutMs: ANSWER_MS });
        return plan.outcome === 'planned' ? { is: 'seen', plan } : { is: 'refused', why: plan };
      });
    },
    cancel() {
      forget();
      setPhase(CHOOSING);
    },
    write() {
      const upload = there.current?.upload;
      if (phase.is !== 'seen' || upload === undefined) return;
      const { plan } = phase;
      setPhase({ is: 'writing', plan });
      void step(async () => {
        const done = await call('setup.import', askedOf(choice, upload), { timeoutMs: ANSWER_MS });
        there.current = null;
        setChoice(NO_CHOICE);
        onWritten();
        return { is: 'written', done, left: plan.wrong.rows };
      });
    },
    leave() {
      forget();
      setChoice(NO_CHOICE);
      setFailure(null);
      setPhase(CHOOSING);
    },
  };
}

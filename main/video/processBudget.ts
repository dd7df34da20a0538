import type { Ffmpeg } from './ffmpeg.ts';

/** How many processes of ffmpeg run at a time, for whatever world, form and window. */
export interface ProcessBudget {
  /** With so many running none is started. */
  readonly most: number;
  /** Those of all who share it; each settles when it is gone. */
  readonly running: Set<Promise<unknown>>;
}

export function createProcessBudget(most = 64): ProcessBudget {
  return { most, running: new Set() };
}

/** The same budget, of which half is left to others: for who may not take the last. */
export function halfOf({ most, running }: ProcessBudget): ProcessBudget {
  return { most: Math.floor(most / 2), running };
}

/** An ffmpeg of which only so many processes run. */
export interface LimitedFfmpeg<S> extends Ffmpeg<S> {
  /** Resolves once none of its own runs. */
  idle(): Promise<void>;
}

/**
 * The same ffmpeg within a budget: a stream that is one too many ends at once with `busy`. A process
 * counts until it is gone, not until it is told to go.
 * @param makeRoom called when there is none; may stop what nobody needs
 */
export function limitProcesses<S>(ffmpeg: Ffmpeg<S>, budget: ProcessBudget, makeRoom: () => void): LimitedFfmpeg<S> {
  const { most, running } = budget;
  const own = new Set<Promise<unknown>>();
  const full = `${most} video processes run already, the most that are started here`;

  function counted<T>(until: Promise<T>): Promise<T> {
    const gone = () => {
      running.delete(settled);
      own.delete(settled);
    };
    const settled: Promise<unknown> = until.then(gone, gone);
    running.add(settled);
    own.add(settled);
    return until;
  }

  return {
    binary: ffmpeg.binary,
    async idle() {
      await Promise.all(own);
    },
    pull(source, output, handlers) {
      if (running.size >= most) {
        makeRoom();
        queueMicrotask(() => handlers.ended({ code: 'busy', detail: full }));
        return { pid: undefined, stop() {}, exited: Promise.resolve() };
      }
      const started = ffmpeg.pull(source, output, handlers);
      void counted(started.exited);
      return started;
    },
    async picture(source) {
      if (running.size >= most) throw new Error(`no picture could be taken: ${full}`);
      return counted(ffmpeg.picture(source));
    },
  };
}

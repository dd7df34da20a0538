import type { Ffmpeg } from './ffmpeg.ts';

/** An ffmpeg of which only so many processes run. */
export interface LimitedFfmpeg extends Ffmpeg {
  /** Resolves once none runs. */
  idle(): Promise<void>;
}

/**
 * The same ffmpeg, with at most so many processes at a time: a stream that is one too many ends at once with `busy`. A process
 * counts until it is gone, not until it is told to go.
 * @param makeRoom called when there is none; may stop what nobody needs
 */
export function limitProcesses(ffmpeg: Ffmpeg, most: number, makeRoom: () => void): LimitedFfmpeg {
  const running = new Set<Promise<unknown>>();
  const full = `${most} video processes run already, the most that this hall starts`;

  function counted<T>(until: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = until.then(
      () => running.delete(settled),
      () => running.delete(settled),
    );
    running.add(settled);
    return until;
  }

  return {
    binary: ffmpeg.binary,
    async idle() {
      await Promise.all(running);
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

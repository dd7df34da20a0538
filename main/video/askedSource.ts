import type { Ffmpeg, PictureSource, StreamEnd, StreamEndCode, StreamSource } from './ffmpeg.ts';

/** Where the pictures of a camera come from whose own device has to be asked for their address. */
export interface AskedSource {
  /**
   * Asks, or remembers what was said.
   * @throws AskError, when it is not told
   */
  ask(signal: AbortSignal): Promise<StreamSource>;
  /** What was said last is of no use any more. */
  failed(): void;
}

/** Where a camera's pictures come from: an address that is written down, or one that is asked for. */
export type CameraSource = StreamSource | AskedSource;

/** A device that does not tell what it was asked: a code to act on, and what happened, without anything secret. */
export class AskError extends Error {
  override readonly name = 'AskError';
  readonly code: StreamEndCode;

  constructor(code: StreamEndCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The same ffmpeg, of which a source that has to be asked for its address is asked first; anew, once its stream has ended. */
export function askFirst(ffmpeg: Ffmpeg): Ffmpeg<CameraSource> {
  return {
    binary: ffmpeg.binary,
    pull(source, output, handlers) {
      if (!('ask' in source)) return ffmpeg.pull(source, output, handlers);
      const stopping = new AbortController();
      let running: ReturnType<Ffmpeg['pull']> | undefined;

      async function run(asked: AskedSource): Promise<void> {
        try {
          const found = await asked.ask(stopping.signal);
          if (stopping.signal.aborted) return;
          running = ffmpeg.pull(found, output, {
            ...handlers,
            ended(end) {
              asked.failed();
              handlers.ended(end);
            },
          });
        } catch (error) {
          if (!stopping.signal.aborted) handlers.ended(endOf(error));
          return;
        }
        await running.exited;
      }

      return {
        get pid() {
          return running?.pid;
        },
        exited: run(source),
        stop() {
          stopping.abort();
          running?.stop();
        },
      };
    },
    async picture(of) {
      if (of.kind !== 'stream') return ffmpeg.picture(of);
      const { source } = of;
      const found = 'ask' in source ? await source.ask(new AbortController().signal) : source;
      return ffmpeg.picture({ kind: 'stream', source: found } satisfies PictureSource);
    },
  };
}

function endOf(error: unknown): StreamEnd {
  if (error instanceof AskError) return { code: error.code, detail: error.message };
  return { code: 'failed', detail: error instanceof Error ? error.message : String(error) };
}

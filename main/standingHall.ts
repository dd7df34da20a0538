import { createHall, type Hall } from './hall.ts';
import type { HallOptions } from './hallOptions.ts';

/** What is being answered is on its way after so long, in ms, before the hall closes under it. */
const ANSWERED_MS = 200;

/** A hall that can be closed and opened anew in the same process, at the same address, for files that are others now. */
export interface StandingHall {
  /** Loopback address of its pages, the same as long as it stands. */
  readonly url: string;
  /** The hall as it is open now, or once it is open again. */
  opened(): Promise<Hall>;
  close(): Promise<void>;
}

/**
 * Opens a hall.
 *
 * @param failed hears why it could not be opened again, once: there is no hall then, and nothing more to be done in this process
 * @throws what {@link createHall} throws, the first time
 */
export async function standHall(options: HallOptions, failed: (error: unknown) => void): Promise<StandingHall> {
  const { clock, log } = options;
  let closing = false;
  let reopening = false;
  const open = (port: number): Promise<Hall> =>
    createHall({ ...options, listen: { ...options.listen, port }, reopen: begin });
  const begin = (): void => {
    if (reopening || closing) return;
    reopening = true;
    clock.setTimeout(() => {
      if (closing) return;
      current = anew(current);
      current.then(
        () => log.info('the hall is open again'),
        (error: unknown) => failed(error),
      );
      current
        .finally(() => {
          reopening = false;
        })
        .catch(() => undefined);
    }, ANSWERED_MS);
  };
  const anew = async (before: Promise<Hall>): Promise<Hall> => {
    await (await before).close();
    return open(port);
  };
  const first = await open(options.listen.port);
  const port = Number(new URL(first.url).port);
  let current: Promise<Hall> = Promise.resolve(first);
  return {
    url: first.url,
    opened: () => current,
    async close() {
      closing = true;
      const last = await current.catch(() => null);
      await last?.close();
    },
  };
}

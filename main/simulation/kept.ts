import { type Backoff, backoffMs, spreadOf } from '../../core/backoff.ts';
import type { Text } from '../../core/words.ts';
import type { Clock } from '../clock.ts';
import { type RunningProgram, SimulatorFailed } from './program.ts';

const AGAIN: Backoff = { firstMs: 1_000, maxMs: 60_000 };
/** What has run for so long is well: the next end of it is none of a row. */
const WELL_MS = 60_000;

/** Hears how a program fares that is started again whenever it ends by itself. */
export interface KeptEars {
  /** It ended by itself, or could not be started again: why, in both languages. It is started in `waitMs`. */
  lost(why: Text, waitMs: number): void;
  /** It runs again. */
  back(): void;
  /** It has been running again for so long that nothing need be said of it any more. */
  well(): void;
}

/** A program that is started again whenever it ends by itself. */
export interface KeptProgram {
  /** Where it is steered; null while it is down. */
  control(): string | null;
  close(): Promise<void>;
}

type Steered = Pick<RunningProgram, 'control' | 'close'>;

/**
 * Starts a program, and again after a second, two, four … a minute at most whenever it ended by itself.
 *
 * @param start starts it once; `again` says that it ran before, `lost` hears that it ended by itself
 * @throws SimulatorFailed where it cannot be started at first
 */
export async function keepProgram(
  start: (again: boolean, lost: (why: string) => void) => Promise<Steered>,
  clock: Clock,
  ears: KeptEars,
): Promise<KeptProgram> {
  let attempts = 0;
  let closed = false;
  let cancel = () => {};
  let running: Steered | null = null;
  let starting = Promise.resolve();

  function lost(why: Text): void {
    running = null;
    if (closed) return;
    cancel();
    const wait = backoffMs(AGAIN, attempts, spreadOf('simulator', attempts));
    attempts++;
    cancel = clock.setTimeout(() => {
      starting = restart();
    }, wait);
    ears.lost(why, wait);
  }

  /** Answers whether it still runs. */
  async function run(again: boolean): Promise<boolean> {
    let over = false;
    const program = await start(again, (why) => {
      over = true;
      lost({ zh: why, en: why });
    });
    if (!over) running = program;
    return !over;
  }

  async function restart(): Promise<void> {
    try {
      if (!(await run(true)) || closed) return;
    } catch (error) {
      lost(error instanceof SimulatorFailed ? error.text : { zh: String(error), en: String(error) });
      return;
    }
    cancel = clock.setTimeout(() => {
      attempts = 0;
      ears.well();
    }, WELL_MS);
    ears.back();
  }

  await run(false);
  return {
    control: () => running?.control ?? null,
    async close() {
      closed = true;
      cancel();
      await starting;
      await running?.close();
    },
  };
}

import type { Logger } from 'pino';
import { ContractError } from '../../contract/errors.ts';
import type { SimulatorOrder } from '../../contract/simulation.ts';
import type { DrillScript } from '../../core/drills/script.ts';
import type { Clock } from '../clock.ts';
import { type KeptEars, keepProgram } from './kept.ts';
import { startProgram } from './program.ts';

/** A command is answered within so many ms. */
const PATIENCE_MS = 5_000;

/** A simulator that plays the city of a world, and the folder that tells what there is of it. */
export interface Simulation {
  /** Written as a hall's folder is. */
  readonly folder: string;
  /** What it plays when it is told to begin; null where there is nothing to play. */
  readonly script: DrillScript | null;
  /** Begins the drill, or begins it again. @throws ContractError 'unavailable' */
  begin(): Promise<void>;
  /** Makes a camera vanish, or come back. @throws ContractError 'not-found', 'unavailable' */
  setGone(camera: string, gone: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the program of a simulator and waits until its folder is written. One that ends by itself is started again: it listens where it did
 * before, and is told anew how far the drill is and which cameras have vanished.
 *
 * @param options.ears hears when it ends by itself, and is back
 * @throws SimulatorFailed where it cannot be started at first
 */
export async function openSimulation(options: {
  program: string;
  order: Omit<SimulatorOrder, 'version' | 'again'>;
  script: DrillScript | null;
  clock: Clock;
  log: Logger;
  ears: KeptEars;
}): Promise<Simulation> {
  const { program, script, clock, log, ears } = options;
  const { token } = options.order;
  const gone = new Set<string>();
  let begunAt: number | null = null;

  const kept = await keepProgram(
    (again, lost) => startProgram({ program, order: { version: 1, again, ...options.order }, clock, log, lost }),
    clock,
    {
      ...ears,
      back() {
        ears.back();
        tellAgain().catch((error: unknown) =>
          log.error({ err: error }, 'the simulator was not told what it had been told'),
        );
      },
    },
  );

  async function tell(method: 'POST' | 'PUT', path: string, body?: object): Promise<void> {
    const control = kept.control();
    if (control === null) throw new ContractError('unavailable', 'the simulator ended by itself, and is started again');
    const patience = new AbortController();
    const cancel = clock.setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const { status } = await fetch(`${control}${path}`, {
        ...{ method, signal: patience.signal, headers: { authorization: `Bearer ${token}` } },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (status === 404) throw new ContractError('not-found', `the simulator has no ${path.slice(1)}`);
      if (status >= 300)
        throw new ContractError('unavailable', `the simulator answers ${method} ${path} with ${status}`);
    } catch (error) {
      if (error instanceof ContractError) throw error;
      throw new ContractError('unavailable', 'the simulator does not answer', { cause: error });
    } finally {
      cancel();
    }
  }

  const tellGone = (camera: string, isGone: boolean) =>
    tell('PUT', `/cameras/${encodeURIComponent(camera)}`, { gone: isGone });

  async function tellAgain(): Promise<void> {
    if (begunAt !== null) await tell('POST', '/begin', { second: (clock.monotonic() - begunAt) / 1000 });
    for (const camera of gone) await tellGone(camera, true);
  }

  return {
    ...{ folder: options.order.folder, script },
    async begin() {
      await tell('POST', '/begin');
      begunAt = clock.monotonic();
    },
    async setGone(camera, isGone) {
      await tellGone(camera, isGone);
      if (isGone) gone.add(camera);
      else gone.delete(camera);
    },
    close: kept.close,
  };
}

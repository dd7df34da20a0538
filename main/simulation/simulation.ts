import type { Logger } from 'pino';
import { ContractError } from '../../contract/errors.ts';
import type { SimulatorOrder } from '../../contract/simulation.ts';
import type { DrillScript } from '../../core/drills/script.ts';
import type { Clock } from '../clock.ts';
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
 * Starts the program of a simulator and waits until its folder is written.
 *
 * @param options.lost hears that it ended by itself
 * @throws SimulatorFailed
 */
export async function openSimulation(options: {
  program: string;
  order: Omit<SimulatorOrder, 'version'>;
  script: DrillScript | null;
  clock: Clock;
  log: Logger;
  lost(why: string): void;
}): Promise<Simulation> {
  const { program, script, clock, log, lost } = options;
  const order: SimulatorOrder = { version: 1, ...options.order };
  const running = await startProgram({ program, order, clock, log, lost });

  async function tell(method: 'POST' | 'PUT', path: string, body?: object): Promise<void> {
    const patience = new AbortController();
    const cancel = clock.setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const { status } = await fetch(`${running.control}${path}`, {
        ...{ method, signal: patience.signal, headers: { authorization: `Bearer ${order.token}` } },
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

  return {
    ...{ folder: order.folder, script },
    begin: () => tell('POST', '/begin'),
    setGone: (camera, gone) => tell('PUT', `/cameras/${encodeURIComponent(camera)}`, { gone }),
    close: running.close,
  };
}

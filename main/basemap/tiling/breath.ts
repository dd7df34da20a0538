import { setImmediate } from 'node:timers/promises';

/** How long work may keep its thread to itself, milliseconds. */
const AT_MOST = 25;

/** Lets long work leave its thread to others now and then, and end when it is called off. */
export class Breath {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether `take` is due. */
  get isDue(): boolean {
    return this.#signal?.aborted === true || performance.now() - this.#since > AT_MOST;
  }

  /**
   * Gives the thread away for a moment.
   * @throws the signal's reason when the work was called off
   */
  async take(): Promise<void> {
    this.#signal?.throwIfAborted();
    await setImmediate();
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }
}

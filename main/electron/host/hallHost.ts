import type { MessagePortMain } from 'electron';
import type { HallReady } from '../../hallMessages.ts';

/** How the hall process is to be started. */
export interface HallLaunch {
  /** The built hall-process.js. */
  entry: string;
  /** Options of the hall, as on the command line. */
  args: readonly string[];
}

/**
 * The process the hall runs in, seen from the shell. It has two forms: Electron's utility process, and a child process of
 * the pinned Node where Electron's own is too old for the hall's native modules.
 */
export interface HallHost {
  /**
   * Starts the process; resolves when windows can connect. Rejects with the sentence the hall died with.
   * @param onStarting hears of a start that takes long how far it is, in per cent
   */
  start(onStarting?: (percent: number) => void): Promise<HallReady>;
  /** A fresh port to the hall, for one window; or for the shell itself, which may say what no window may. */
  connect(shell?: boolean): MessagePortMain;
  /** Called when a hall that had been ready is gone without having been asked. */
  onExit(listener: (code: number) => void): void;
  /** Asks the hall to close, and ends it when it has not within ten seconds. */
  stop(): Promise<void>;
}

export const STOP_PATIENCE_MS = 10_000;

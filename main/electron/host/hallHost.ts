import type { MessagePortMain } from 'electron';

/** How the hall process is to be started. */
export interface HallLaunch {
  /** The built hall-process.js. */
  entry: string;
  /** Options of the hall, as on the command line. */
  args: readonly string[];
}

/** What the hall says of itself once windows can connect. */
export interface HallReady {
  /** Loopback address of its HTTP and WebSocket server. */
  url: string;
  lang: 'zh-CN' | 'en';
}

/**
 * The process the hall runs in, seen from the shell. It has two forms: Electron's utility process, and a child process of
 * the pinned Node where Electron's own is too old for the hall's native modules.
 */
export interface HallHost {
  /** Starts the process; resolves when windows can connect. Rejects with the sentence the hall died with. */
  start(): Promise<HallReady>;
  /** A fresh port to the hall, for one window. */
  connect(): MessagePortMain;
  /** Called when a hall that had been ready is gone without having been asked. */
  onExit(listener: (code: number) => void): void;
  /** Asks the hall to close, and ends it when it has not within ten seconds. */
  stop(): Promise<void>;
}

/** Messages from the hall process to the shell. */
export type FromHall =
  | { type: 'ready'; ready: HallReady }
  | { type: 'failed'; message: string }
  | { type: 'data'; id: number; data: string | Uint8Array }
  | { type: 'close'; id: number };

/** Messages from the shell to the hall process. In the utility process `connect` carries the port itself. */
export type ToHall =
  | { type: 'connect'; id: number }
  | { type: 'data'; id: number; data: string | Uint8Array }
  | { type: 'close'; id: number }
  | { type: 'stop' };

export const STOP_PATIENCE_MS = 10_000;

import type { Logger } from 'pino';
import type { Taken } from '../core/ledger/stream.ts';
import type { Clock } from './clock.ts';

/** What a hall is started with. */
export interface HallOptions {
  /** Folder of everything that is kept; one hall at a time. */
  dataDir: string;
  /** This station's name, the same at every start. */
  station: string;
  version: string;
  clock: Clock;
  log: Logger;
  /** 0 ≤ r < 1. */
  random: () => number;
  newId: () => string;
  /** The product's resources folder. */
  resources: string;
  /** The built pages. */
  pages: string;
  /** Address and port to listen on; port 0 lets the system choose. */
  listen: { host: string; port: number };
  /** What a window must show. */
  token: string;
  /** What another system must show, which asks over HTTP. */
  integrationToken: string;
  /** What a station that joins must show, at the hub of this hall. */
  hubToken: string;
  /** The hub to join, for a station that is not the hub itself. */
  dial?: { url: string; token: string } | undefined;
  /** Streams that are taken of other stations; absent: all but rehearsals. */
  streams?: Taken | undefined;
  /** Where a simulator plays: the drill script. */
  drill: string;
  /** Where a simulator plays: people play it, at their pace. */
  drillByHand: boolean;
  /** Where a simulator plays: begins the drill by itself after so many seconds. */
  drillAfter?: number | undefined;
  /** Hears how far a start is that makes views.db anew or catches it up, in per cent. */
  onStarting?: ((percent: number) => void) | undefined;
  /** Closes the hall and opens it anew with the files as they are then, once what is being answered is answered; absent: nobody can. */
  reopen?: (() => void) | undefined;
  /** Verifies the whole ledger before it starts. */
  verifyAll?: boolean | undefined;
  /** Where a simulator plays: another station's, to take the telemetry from. */
  cityFeed?: string | undefined;
  /** The ffmpeg that somebody named (FFMPEG_PATH), which a notice speaks of when it does not run. */
  ffmpegPath?: string | undefined;
}

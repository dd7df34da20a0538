import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { workerProgram } from '../workerProgram.ts';
import { LedgerFault } from './fault.ts';
import { type LedgerStore, VERIFIED_NOTE } from './store.ts';

/** The last time that every event of the file was verified, and what was found wrong. */
export const Verified = z.object({ at: z.number(), events: z.number(), faults: z.array(LedgerFault) });
export type Verified = z.infer<typeof Verified>;

export interface VerificationStatus {
  last: Verified | null;
  /** Events verified so far, of so many; null while nothing is being verified. */
  running: { events: number; of: number } | null;
}

/** Verifies a whole file beside the work. */
export type Verifier = (progress: (events: number) => void) => {
  done: Promise<Pick<Verified, 'events' | 'faults'>>;
  stop(): void;
};

/** What the worker says. */
export type VerifierReport =
  | { kind: 'progress'; events: number }
  | ({ kind: 'done' } & Pick<Verified, 'events' | 'faults'>);

export function parseVerified(text: string | undefined): Verified | null {
  if (text === undefined) return null;
  try {
    return Verified.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** One verification of all events at a time; what the last one found is kept with the file, so that a start that needs to recovers. */
export function createVerification(options: {
  store: Pick<LedgerStore, 'setNote'>;
  clock: Pick<Clock, 'now'>;
  log: Logger;
  verifier: Verifier;
  last: Verified | null;
  changed(): void;
}) {
  const { store, clock, log, verifier, changed } = options;
  let { last } = options;
  let running: VerificationStatus['running'] = null;
  let underWay: { done: Promise<Verified>; stop(): void } | null = null;

  const begin = (of: number) => {
    running = { events: 0, of };
    const { done, stop } = verifier((events) => {
      running = { events, of };
    });
    const ended = done
      .then(({ events, faults }) => {
        last = { at: clock.now(), events, faults };
        if (faults.length > 0) log.error({ faults }, 'the ledger file is damaged: the next start recovers it');
        else log.info({ events }, 'every event of the ledger verifies');
        try {
          store.setNote(VERIFIED_NOTE, JSON.stringify(last));
        } catch (error) {
          log.warn({ err: error }, 'when the ledger was verified could not be noted in it');
        }
        return last;
      })
      .finally(() => {
        running = null;
        underWay = null;
        changed();
      });
    return { done: ended, stop };
  };

  return {
    status: (): VerificationStatus => ({ last, running }),
    /** @param of events there are, for the progress. */
    run(of: number): Promise<Verified> {
      underWay ??= begin(of);
      return underWay.done;
    },
    stop: () => underWay?.stop(),
  };
}

/** Verifies in a thread of its own, on a connection that only reads. */
export function threadVerifier(file: string): Verifier {
  return (progress) => {
    const worker = new Worker(workerProgram(import.meta.url, './verify.worker.ts'), { workerData: { file } });
    const done = new Promise<Pick<Verified, 'events' | 'faults'>>((resolve, reject) => {
      worker.on('message', (said: VerifierReport) => {
        if (said.kind === 'progress') progress(said.events);
        else resolve({ events: said.events, faults: said.faults });
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread that verifies the ledger ended early (${code})`)));
    });
    return { done, stop: () => void worker.terminate() };
  };
}

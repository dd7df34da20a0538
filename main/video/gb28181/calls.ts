import type { Clock } from '../../clock.ts';
import { headerOf, type SipRequest, type SipResponse, writeSip } from './sipMessage.ts';
import type { Peer } from './sipWire.ts';

/** Requests of the hall, until they are answered (RFC 3261 17.1, without what only proxies need). */
export interface Calls {
  /**
   * Sends it, by UDP again while nothing comes.
   * @returns the final answer
   * @throws NoAnswer after `withinMs`, or when it is not wanted any more
   */
  ask(request: SipRequest, to: Peer, how: { withinMs: number; signal?: AbortSignal }): Promise<SipResponse>;
  /** An answer came. @returns false for one that nobody waits for */
  answered(response: SipResponse): boolean;
  close(): void;
}

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** T1 and T2 (17.1.1.1). */
const FIRST_MS = 500;
const LONGEST_MS = 4_000;
const MOST_OPEN = 5_000;

interface Open {
  provisional(): void;
  done(outcome: SipResponse | NoAnswer): void;
}

/** What an answer has of its request. */
export function branchOf(message: SipRequest | SipResponse): string {
  const branch = /;\s*branch\s*=\s*([^;,\s]{1,128})/i.exec(headerOf(message, 'via'))?.[1] ?? '';
  const method = /^\d+\s+(\w+)/.exec(headerOf(message, 'cseq'))?.[1] ?? '';
  return `${branch} ${method.toUpperCase()}`;
}

export function createCalls(clock: Clock): Calls {
  const open = new Map<string, Open>();
  return {
    ask: (request, to, { withinMs, signal }) =>
      new Promise((resolve, reject) => {
        const key = branchOf(request);
        if (open.size >= MOST_OPEN || signal?.aborted) {
          reject(new NoAnswer('it was not sent'));
          return;
        }
        const bytes = writeSip(request);
        let pause = FIRST_MS;
        let cancelAgain = () => {};
        const again = (): void => {
          to.send(bytes);
          if (to.transport === 'tcp') return;
          cancelAgain = clock.setTimeout(again, pause);
          pause = Math.min(LONGEST_MS, pause * 2);
        };
        const aborted = () => done(new NoAnswer('it is not wanted any more'));
        const cancelEnd = clock.setTimeout(
          () => done(new NoAnswer(`the device did not answer within ${withinMs / 1000} s`)),
          withinMs,
        );
        const done = (outcome: SipResponse | NoAnswer): void => {
          cancelAgain();
          cancelEnd();
          signal?.removeEventListener('abort', aborted);
          open.delete(key);
          if (outcome instanceof NoAnswer) reject(outcome);
          else resolve(outcome);
        };
        signal?.addEventListener('abort', aborted, { once: true });
        open.set(key, { provisional: () => cancelAgain(), done });
        again();
      }),
    answered(response) {
      const call = open.get(branchOf(response));
      if (response.status < 200) call?.provisional();
      else call?.done(response);
      return call !== undefined;
    },
    close() {
      for (const call of [...open.values()]) call.done(new NoAnswer('the hall closes'));
    },
  };
}

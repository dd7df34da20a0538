import { ContractError } from '../errors.ts';
import { isLonger } from './frames.ts';
import { type Call, createLongCalls, isLong } from './longCalls.ts';
import { createRate } from './rate.ts';
import type { Caller, Shared } from './served.ts';
import type { AroundShared } from './sharedText.ts';

/** What one window calls, answered within its limits. */
export interface Requests {
  take(id: number, method: string, params: unknown, from: Caller): void;
  /** Whether calls that take long wait for their turn, or for the window to read. */
  waiting(): boolean;
  drain(): void;
}

/** @param session `forbidden` hears of a call that the caller has no right to; `wait` asks to be drained later */
export function createRequests(session: {
  shared: Shared;
  send(message: string | AroundShared): void;
  mayRun(): boolean;
  wait(): void;
  forbidden(error: ContractError, excerpt: string): void;
}): Requests {
  const { shared, send, mayRun, wait, forbidden } = session;
  const { limits, stats } = shared;
  const { clock, log, contract } = shared.options;
  const rate = createRate(clock, limits.requestsPerSecond);
  const long = createLongCalls({ clock, lane: shared.lane, mayRun, run, wait });
  let outstanding = 0;

  async function run({ id, method, params, from }: Call): Promise<void> {
    try {
      const result = await shared.call(method, params, from);
      const head = `{"t":"res","id":${id},"ok":true,"r":`;
      if (isLonger(result.text, limits.hallTextBytes - head.length - 1))
        throw new ContractError(
          'too-large',
          `${method}: the answer has ${result.text.length} characters; a frame holds ${limits.hallTextBytes} bytes`,
        );
      send({ head, shared: result, tail: '}' });
    } catch (cause) {
      const error = cause instanceof ContractError ? cause : shared.reference(cause, method);
      if (error.code === 'bad-response' || error.code === 'too-large') {
        const fields = { method, field: error.field };
        shared.rare.say(error.code, method, (facts, words) => log.error(facts, words), fields, error.message);
      }
      if (error.code === 'forbidden') forbidden(error, method);
      fail(id, error);
    } finally {
      outstanding--;
    }
  }

  function fail(id: number, error: ContractError): void {
    stats.failed++;
    send(JSON.stringify({ t: 'res', id, ok: false, e: error.toWire() }));
  }

  return {
    take(id, method, params, from) {
      stats.requests++;
      if (outstanding >= limits.outstanding || !rate.take()) {
        stats.limited++;
        const rule =
          outstanding >= limits.outstanding
            ? `${limits.outstanding} requests are waiting for their answers already`
            : `more than ${limits.requestsPerSecond} requests a second`;
        fail(id, new ContractError('busy', `${method}: ${rule}; call again later`));
        return;
      }
      outstanding++;
      const call = { id, method, params, from };
      if (isLong(contract, method)) long.add(call);
      else void run(call);
    },
    waiting: long.waiting,
    drain: long.drain,
  };
}

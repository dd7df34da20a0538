import { ContractError, type WireError } from '../errors.ts';
import type { WireClock } from './clock.ts';
import { WIRE_LIMITS } from './limits.ts';

/** The calls of one window that have no answer yet. */
export interface Calls {
  make(method: string, params: unknown, timeoutMs: number, signal?: AbortSignal): Promise<unknown>;
  answer(id: number, answer: { r: unknown } | { e: WireError | undefined }): void;
  opened(): void;
  /**
   * Fails what was sent. What was not sent yet fails too, with `error` or as disconnected (null); undefined lets it wait
   * for the first connection.
   */
  lost(error: ContractError | null | undefined): void;
  /** New calls wait for a connection again. */
  waiting(): void;
}

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
  settle(outcome: { value: unknown } | { error: unknown }): void;
}

/** Numbers calls, keeps no more of them under way than the hall allows, and ends each exactly once. */
export function createCalls({ clock, send }: { clock: WireClock; send: (frame: object) => void }): Calls {
  const underWay = new Map<number, Call>();
  const queue: Call[] = [];
  let nextId = 1;
  let mode: 'waiting' | 'open' | 'lost' = 'waiting';
  let refusal: ContractError | null = null;

  function pump(): void {
    while (mode === 'open' && underWay.size < WIRE_LIMITS.outstanding) {
      const call = queue.shift();
      if (!call) return;
      underWay.set(call.id, call);
      send({ t: 'req', id: call.id, m: call.method, p: call.params });
    }
  }

  function notSent(method: string): ContractError {
    if (refusal) return new ContractError(refusal.code, refusal.message);
    return new ContractError('not-sent', `${method}: no connection to the hall; nothing was sent`);
  }

  function take(call: Call): boolean {
    const queued = queue.indexOf(call);
    if (queued >= 0) queue.splice(queued, 1);
    return queued >= 0;
  }

  return {
    make(method, params, timeoutMs, signal) {
      if (mode === 'lost') return Promise.reject(notSent(method));
      return new Promise((resolve, reject) => {
        const finish = (outcome: { value: unknown } | { error: unknown }) => {
          cancel();
          signal?.removeEventListener('abort', abort);
          if ('value' in outcome) resolve(outcome.value);
          else reject(outcome.error);
        };
        const call: Call = { id: nextId++, method, params, settle: finish };
        const cancel = clock.setTimeout(() => {
          const error = take(call)
            ? new ContractError('not-sent', `${method} was not sent after ${timeoutMs} ms`)
            : new ContractError(
                'timeout',
                `${method} has no answer after ${timeoutMs} ms; whether it was done is not known`,
              );
          underWay.delete(call.id);
          finish({ error });
          pump();
        }, timeoutMs);
        const abort = () => {
          take(call);
          underWay.delete(call.id);
          finish({ error: signal?.reason });
          pump();
        };
        signal?.addEventListener('abort', abort);
        queue.push(call);
        pump();
      });
    },
    answer(id, answer) {
      const call = underWay.get(id);
      if (!call) return;
      underWay.delete(id);
      if ('r' in answer) call.settle({ value: answer.r });
      else {
        const { code, message, field } = answer.e ?? {
          code: 'bad-response',
          message: 'the call failed without a reason',
        };
        call.settle({ error: new ContractError(code, message, { field }) });
      }
      pump();
    },
    opened() {
      mode = 'open';
      refusal = null;
      pump();
    },
    lost(error) {
      mode = error === undefined ? 'waiting' : 'lost';
      refusal = error ?? null;
      for (const call of [...underWay.values()]) {
        call.settle({
          error: new ContractError(
            'disconnected',
            `${call.method}: the connection was lost before the answer; whether it was done is not known`,
          ),
        });
      }
      underWay.clear();
      if (error === undefined) return;
      for (const call of queue.splice(0)) call.settle({ error: notSent(call.method) });
    },
    waiting() {
      mode = 'waiting';
      refusal = null;
    },
  };
}

import { connect } from 'node:net';
import { type Backoff, backoffMs, spreadOf } from '../../../core/backoff.ts';
import type { Clock } from '../../clock.ts';
import type { Address } from './address.ts';
import type { DialError } from './tcpDial.ts';
import { ALIVE_MS, type Link, type LinkEars, linkOver } from './tcpLink.ts';
import type { TcpServer } from './tcpServer.ts';

const AGAIN: Backoff = { firstMs: 500, maxMs: 15_000 };
/** A connection that is not made within so long is given up, ms. */
const WITHIN_MS = 10_000;

/** Hears what becomes of calls. */
export interface CallEars {
  /** Somebody is reached at this address. */
  link(link: Link, at: Address): LinkEars;
  /** Nobody is, or no longer, at this address; it is called again. @param error null where the other side ended it in peace */
  lost(at: Address, error: DialError | null): void;
}

/**
 * Calls devices that wait to be called, each over a connection of its own, and again whenever there is none, ever more seldom while nothing is
 * heard.
 *
 * @param name by which the waits are spread: what was lost together does not come back together
 * @param idleAfter seconds without a byte after which a connection is ended
 */
export function callTcp(
  to: readonly Address[],
  { name, idleAfter }: { name: string; idleAfter: number },
  clock: Clock,
  ears: CallEars,
): TcpServer {
  const cancels = new Set<() => void>();
  let stopped = false;

  const call = (at: Address, attempt: number): void => {
    const socket = connect({
      host: at.host,
      port: at.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: ALIVE_MS,
    });
    let error: DialError | null = null;
    let next = attempt + 1;
    const cancelPatience = clock.setTimeout(() => {
      error = { code: 'ETIMEDOUT', message: `no connection within ${WITHIN_MS} ms` };
      socket.destroy();
    }, WITHIN_MS);
    const cancel = () => socket.destroy();
    cancels.add(cancel);
    socket.on('error', (cause) => {
      error ??= cause;
    });
    socket.on('connect', () => {
      cancelPatience();
      linkOver(socket, idleAfter, clock, (link) => ears.link(link, at));
      // Whoever takes a call and hangs up is not there: only one that speaks is called again at once.
      socket.once('data', () => {
        next = 0;
      });
    });
    socket.on('close', () => {
      cancelPatience();
      cancels.delete(cancel);
      if (stopped) return;
      ears.lost(at, error);
      const wait = backoffMs(AGAIN, next, spreadOf(`${name} ${at.host}:${at.port}`, next));
      const cancelWait = clock.setTimeout(() => {
        cancels.delete(cancelWait);
        call(at, next);
      }, wait);
      cancels.add(cancelWait);
    });
  };
  for (const at of to) call(at, 0);

  return {
    close() {
      stopped = true;
      for (const cancel of cancels) cancel();
      return Promise.resolve();
    },
  };
}

import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { asSourceError, SourceError } from './sourceError.ts';

const CONNECT_MS = 8_000;

/** A connection to a camera: this host and port, TLS where asked for. @throws SourceError */
export function dial(to: { host: string; port: number; secure: boolean; signal: AbortSignal }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const host = to.host.replace(/^\[|\]$/g, '');
    const socket = to.secure
      ? // Cameras sign their own certificates.
        connectSecurely({ host, port: to.port, rejectUnauthorized: false })
      : connect({ host, port: to.port });
    const fail = (error: unknown) => {
      clearTimeout(timer);
      socket.destroy();
      reject(asSourceError(error));
    };
    const timer = setTimeout(
      () => fail(new SourceError('timeout', `no connection within ${CONNECT_MS / 1000} s`)),
      CONNECT_MS,
    );
    const aborted = () => fail(new SourceError('ended', 'not wanted any more'));
    to.signal.addEventListener('abort', aborted, { once: true });
    socket.once('error', fail);
    socket.once(to.secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.removeListener('error', fail);
      to.signal.removeEventListener('abort', aborted);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

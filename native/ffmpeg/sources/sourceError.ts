/** Why a camera's address gives no bytes. */
export type SourceFault =
  | 'ended'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'not-found'
  | 'preparing'
  | 'not-video'
  | 'redirected'
  | 'playlist'
  | 'too-large'
  | 'failed';

/** A camera that does not give what was asked of it: a code to act on, and what happened. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceFault;

  constructor(code: SourceFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const CODES: Readonly<Record<string, SourceFault>> = Object.assign(Object.create(null), {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'ended',
  EPIPE: 'ended',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
});

/** What the network said, as a fault of the source. */
export function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  return new SourceError(CODES[code] ?? 'failed', message, { cause: error });
}

/** What the answer's status means, for HTTP and RTSP alike; `undefined`: it is the answer that was hoped for. */
export function faultOfStatus(
  status: number,
  protocol: string,
  elsewhere: string | undefined,
): SourceError | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    const where = elsewhere === undefined ? '' : ` to ${hostOf(elsewhere)}`;
    return new SourceError('redirected', `it answered ${status}, a redirect${where}; redirects are not followed`);
  }
  const code =
    status === 401 || status === 403 ? 'unauthorized' : status === 404 || status === 410 ? 'not-found' : undefined;
  return new SourceError(code ?? (status === 503 ? 'preparing' : 'failed'), `it answered ${protocol} ${status}`);
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host || 'another address' : 'another path';
}

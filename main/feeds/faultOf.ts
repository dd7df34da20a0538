import type { FeedFault } from '../../contract/features/feeds.ts';

const OF_CODES: Readonly<Record<string, FeedFault>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
};

/** The codes by which Node and OpenSSL refuse a certificate. */
export const UNTRUSTED =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|CA_)/;
/** Those by which they say that the other side speaks no TLS. */
export const NO_TLS = /^(ERR_SSL_|EPROTO)/;

/** What an error of a connection that could not be made, or was lost, means to whoever reads it on a screen. */
export function faultOf({ code = '', message }: { code?: string | undefined; message: string }): FeedFault {
  if (Object.hasOwn(OF_CODES, code)) return OF_CODES[code] ?? 'failed';
  if (/timed out/i.test(message)) return 'timeout';
  if (/\b40[13]\b/.test(message)) return 'unauthorised';
  if (/hang up/i.test(message)) return 'closed';
  if (/^(WS_ERR|HPE_)/.test(code) || /server response/i.test(message)) return 'not-a-feed';
  return 'failed';
}

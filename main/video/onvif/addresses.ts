import type { Credentials } from '../../../native/ffmpeg/sources/credentials.ts';

/**
 * Where a service is: on the very host that was asked, whatever a device calls itself (0.0.0.0, its address behind a router). Its port
 * counts where it names that host, and in the same protocol.
 */
export function serviceAddress(named: string, asked: URL): URL {
  const address = new URL(asked);
  if (!URL.canParse(named)) return address;
  const { protocol, hostname, port, pathname, search } = new URL(named);
  address.pathname = pathname;
  address.search = search;
  if (protocol === asked.protocol && hostname === asked.hostname) address.port = port;
  return address;
}

/**
 * Where a stream is: on the host that was asked, at the port and path that the device names, with the login of the device.
 * @returns undefined where it is not an address of RTSP
 */
export function streamAddress(named: string, asked: URL, login: Credentials | undefined): string | undefined {
  const address = new URL(named);
  if (address.protocol !== 'rtsp:' && address.protocol !== 'rtsps:') return undefined;
  if (address.hostname === '') return undefined;
  address.hostname = asked.hostname;
  address.hash = '';
  // A setter takes what is percent-encoded as it is.
  address.username = encodeURIComponent(login?.user ?? '');
  address.password = encodeURIComponent(login?.password ?? '');
  return address.href;
}

import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import type { Text } from '../../../core/words.ts';

/** Where something listens. */
export interface Address {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Left out: TCP. */
  readonly over?: 'udp';
}

/** `address:port`, an IPv6 address in brackets; for datagrams with `udp://` in front. */
const WRITTEN = /^(?<udp>udp:\/\/)?(?:\[(?<v6>[\da-fA-F:.]+)\]|(?<host>[\w.-]{1,253})):(?<port>\d{1,5})$/;

/** @param mayUdp the protocol is also spoken in datagrams */
export const addressWith = (remedy: Text, mayUdp = false) =>
  z.string().transform((text, ctx): Address => {
    const { udp, v6, host, port } = WRITTEN.exec(text)?.groups ?? {};
    const at = v6 ?? host;
    const fits = at !== undefined && Number(port) >= 1 && Number(port) <= 65_535 && (mayUdp || udp === undefined);
    if (fits) return { host: at, port: Number(port), ...(udp === undefined ? {} : { over: 'udp' }) };
    ctx.addIssue({
      code: 'custom',
      ...complaint({ zh: '不是“地址:端口”', en: 'is no address and port' }, remedy),
    });
    return z.NEVER;
  });

/** As it is written. */
export function addressText({ host, port, over }: Address): string {
  return `${over === 'udp' ? 'udp://' : ''}${host.includes(':') ? `[${host}]` : host}:${port}`;
}

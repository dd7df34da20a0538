import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../../contract/features/notices.ts';
import { complaint } from '../../../core/complaint.ts';
import { readFile } from '../../config/catalogue.ts';
import { Listen } from '../../feeds/transports/listen.ts';
import { badFileNotices } from '../../notices/configuration.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import { GbId } from './gbId.ts';

const MOST_DEVICES = 5_000;

const NO_PASSWORD = complaint(
  { zh: '不是加引号的口令', en: 'is no password in quotes' },
  { zh: '请加上引号，最多 64 个字符', en: 'Write it in quotes, at most 64 characters.' },
);
const Password = z.unknown().transform((password, ctx): string => {
  if (typeof password === 'string' && /^[^\p{C}]{1,64}$/u.test(password)) return password;
  ctx.addIssue({ code: 'custom', ...NO_PASSWORD });
  return z.NEVER;
});

const NO_ADDRESS = complaint(
  { zh: 'listen 不是一个具体 IP 地址时必须写明', en: 'is left out, and `listen` names no one IP address' },
  {
    zh: '请写设备访问本机所用的地址，例如 10.1.2.3',
    en: 'Write the address at which devices reach this PC, such as 10.1.2.3.',
  },
);
const NO_RANGE = complaint(
  { zh: '端口范围为空', en: 'has no port in it' },
  { zh: '请写成 [30000, 30199] 这样', en: 'Write it like [30000, 30199].' },
);
const TWICE = complaint(
  { zh: '设备编号重复', en: 'is there twice' },
  { zh: '请只保留一处', en: 'Keep one of the two.' },
);

const Port = z.number().int().min(1024).max(65_535);

/** `gb28181.yaml` of a hall's folder: the hall as the SIP server of cameras and recorders. */
export const Gb28181Config = z
  .strictObject({
    id: GbId,
    /** Its domain; the first ten digits of `id` when left out. */
    realm: z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .optional(),
    listen: Listen,
    /** At which devices reach this PC; that of `listen` when left out. */
    address: z.union([z.ipv4(), z.ipv6()]).optional(),
    media: z
      .strictObject({
        ports: z.tuple([Port, Port]).default([30_000, 30_199]),
        transport: z.enum(['udp', 'tcp']).default('udp'),
      })
      .prefault({}),
    /** Seconds between two signs of life of a device; after three without it is away. */
    keepalive: z.number().int().min(5).max(3_600).default(60),
    devices: z
      .array(z.strictObject({ device: GbId, password: Password, transport: z.enum(['udp', 'tcp']).optional() }))
      .max(MOST_DEVICES)
      .default([]),
  })
  .superRefine(({ address, listen, media, devices }, ctx) => {
    const wrong = (path: (string | number)[], what: ReturnType<typeof complaint>) =>
      ctx.addIssue({ code: 'custom', path, ...what });
    if (address === undefined && (isIP(listen.host) === 0 || /^(?:0\.0\.0\.0|::)$/.test(listen.host)))
      wrong(['address'], NO_ADDRESS);
    if (media.ports[1] < media.ports[0]) wrong(['media', 'ports'], NO_RANGE);
    const seen = new Set<string>();
    for (const [i, { device }] of devices.entries()) {
      if (seen.has(device)) wrong(['devices', i, 'device'], TWICE);
      seen.add(device);
    }
  })
  .transform(({ realm, address, ...config }) => ({
    ...config,
    realm: realm ?? config.id.slice(0, 10),
    address: address ?? config.listen.host,
  }));
export type Gb28181Config = z.infer<typeof Gb28181Config>;

/** Reads `gb28181.yaml` of a hall's folder, which need not be there; one that is wrong is named, and the hall goes without. */
export function readGb28181(
  dataDir: string,
  rejects: Rejects,
  now: number,
): { config: Gb28181Config | undefined; notices: Notice[] } {
  const file = join(dataDir, 'gb28181.yaml');
  if (!existsSync(file)) return { config: undefined, notices: [] };
  const read = readFile(file, Gb28181Config, rejects);
  if ('bad' in read) return { config: undefined, notices: badFileNotices([read.bad], now) };
  return { config: read.item, notices: [] };
}

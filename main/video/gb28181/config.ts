import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../../contract/features/notices.ts';
import { complaint } from '../../../core/complaint.ts';
import { told } from '../../../core/told.ts';
import { readFile } from '../../config/catalogue.ts';
import { Listen } from '../../feeds/transports/listen.ts';
import { badFileNotices, unknownDevicesNotice } from '../../notices/configuration.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import type { Gb28181Address } from './address.ts';
import { GbId } from './gbId.ts';

const MOST_DEVICES = 5_000;

const NO_PASSWORD = complaint(
  { zh: '不是加引号的口令', en: 'is no password in quotes' },
  { zh: '请加上引号，最多 64 个字符', en: 'Write it in quotes, at most 64 characters.' },
);
const Password = z
  .unknown()
  .transform((password, ctx): string => {
    if (typeof password === 'string' && /^[^\p{C}]{1,64}$/u.test(password)) return password;
    ctx.addIssue({ code: 'custom', ...NO_PASSWORD });
    return z.NEVER;
  })
  .meta({ type: 'string' });

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

const Transport = z.enum(['udp', 'tcp']);
const Port = z.number().int().min(1024).max(65_535);

/** `gb28181.yaml` of a hall's folder: the hall as the SIP server of cameras and recorders. */
export const Gb28181Config = z
  .strictObject({
    id: GbId.meta(told('本系统自己的国标编号，20 位，加引号', 'The number of the hall itself: 20 digits in quotes.')),
    realm: z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .optional()
      .meta(
        told('注册所用的 SIP 域；省略时为 id 的前十位', 'Its SIP domain; the first ten digits of `id` when left out.'),
      ),
    listen: Listen.meta(
      told('监听的“地址:端口”，UDP 与 TCP', 'Address and port at which devices reach it, by UDP and TCP.'),
    ),
    address: z
      .union([z.ipv4(), z.ipv6()])
      .optional()
      .meta(
        told(
          '设备访问本机所用的地址；listen 已是具体 IP 地址时可省略',
          'At which devices reach this PC; that of `listen` when left out.',
        ),
      ),
    media: z
      .strictObject({
        ports: z
          .tuple([Port, Port])
          .default([30_000, 30_199])
          .meta(
            told(
              '收画面的端口范围，含两端；每路摄像机占两个',
              'Ports at which pictures come in, both ends too; a camera takes two.',
            ),
          ),
        transport: Transport.default('udp').meta(
          told('画面的传输方式', 'How the pictures come, where a device is told nothing else.'),
        ),
      })
      .prefault({}),
    keepalive: z
      .number()
      .int()
      .min(5)
      .max(3_600)
      .default(60)
      .meta(
        told(
          '设备心跳间隔，秒；缺三次视为离线',
          'Seconds between two signs of life of a device; after three without it is away.',
        ),
      ),
    devices: z
      .array(
        z.strictObject({
          device: GbId.meta(told('设备的国标编号，20 位，加引号', 'Its number: 20 digits in quotes.')),
          password: Password.meta(
            told('设备注册所用的口令，加引号', 'The password that it registers with, in quotes.'),
          ),
          transport: Transport.optional().meta(
            told('该设备画面的传输方式；省略时按 media', 'How its pictures come; as under `media` when left out.'),
          ),
        }),
      )
      .max(MOST_DEVICES)
      .default([])
      .meta(told('可以注册到本系统的设备', 'The devices that may register with the hall.')),
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

/** The file of a hall's folder that lets devices register with it. */
export const GB28181_YAML = 'gb28181.yaml';

/** What `gb28181.yaml` of a hall's folder comes to, which need not be there, and what is to be said of it and of cameras that need it. */
export interface Gb28181File {
  /** Undefined where there is none, or one that is wrong: it is named, and the hall goes without. */
  readonly config: Gb28181Config | undefined;
  readonly notices: readonly Notice[];
}

/** @param cameras of the hall that are of such devices */
export function readGb28181(
  dataDir: string,
  cameras: readonly Gb28181Address[],
  rejects: Rejects,
  now: number,
): Gb28181File {
  const file = join(dataDir, GB28181_YAML);
  const read = existsSync(file) ? readFile(file, Gb28181Config, rejects) : undefined;
  if (read && 'bad' in read) return { config: undefined, notices: badFileNotices([read.bad], now) };
  const there = new Set(read?.item.devices.map(({ device }) => device));
  const missing = [...new Set(cameras.map(({ device }) => device))].filter((device) => !there.has(device));
  return {
    config: read?.item,
    notices: missing.length > 0 ? [unknownDevicesNotice(file, missing, now)] : [],
  };
}

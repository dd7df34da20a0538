import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { told } from '../../../core/told.ts';
import { recorded } from '../recording/config.ts';
import { addressText, addressWith } from '../transports/address.ts';
import { Listen, ListenOrUdp } from '../transports/listen.ts';
import { Client, Monitor, Ship, Station, Terminal, Transmitter } from './written.ts';

/** Minutes that a source's local time is ahead of UTC; Beijing's when left out. */
export const Zone = z
  .string()
  .transform((text, ctx): number => {
    const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(text) ?? [];
    const offset = 60 * Number(hours) + Number(minutes);
    if (sign !== undefined && Number(minutes) < 60 && offset <= 14 * 60) return sign === '-' ? -offset : offset;
    ctx.addIssue({
      code: 'custom',
      ...complaint({ zh: '不是时区', en: 'is no time zone' }, { zh: '请写成 "+08:00"', en: 'Write it like "+08:00".' }),
    });
    return z.NEVER;
  })
  .default(480);

const MOST_DEVICES = 100_000;

const base = {
  id: Id,
  name: WrittenText,
  ...recorded,
  listen: Listen.meta(
    told(
      '设备拨入的地址与端口，例如 127.0.0.1:9212；0.0.0.0 为所有网络',
      'Address and port that the devices dial, like 127.0.0.1:9212; 0.0.0.0 is every network.',
    ),
  ).optional(),
  dial: z
    .array(addressWith({ zh: '请写成 10.1.2.3:9212 这样', en: 'Write it like 10.1.2.3:9212.' }))
    .min(1)
    .max(1000)
    .optional()
    .meta(
      told(
        '设备等待中心呼叫时，代替 listen：各设备的地址与端口',
        'In place of `listen`, where devices wait to be called: address and port of each.',
      ),
    ),
  zone: Zone.meta(told('设备时间所用时区，例如 "+08:00"', 'Zone of the times that devices write, like "+08:00".')),
  silentAfter: z
    .number()
    .min(1)
    .max(86_400)
    .default(900)
    .meta(told('多少秒没有报文算静默', 'Seconds without a message after which the feed counts as silent.')),
  maxConnections: z
    .number()
    .int()
    .min(1)
    .max(20_000)
    .default(1000)
    .meta(told('同时连接的设备数上限', 'Devices that may be connected at once.')),
  idleAfter: z
    .number()
    .min(10)
    .max(86_400)
    .default(1800)
    .meta(told('多少秒没有数据就断开连接', 'Seconds without a byte after which a connection is closed.')),
};

/** The one form of a device's number: station addresses and telephone numbers are written with zeros in front, or without. */
export function withoutZeros(device: string): string {
  let zeros = 0;
  while (zeros < device.length - 1 && device.charCodeAt(zeros) === 0x30) zeros++;
  return device.slice(zeros).toLowerCase();
}

type Named = readonly { device: string; unit?: string; readings: Readonly<Record<string, { sensor: string }>> }[];

/** Two devices of one number, or two quantities for one sensor, are a slip of the pen that would show as values that jump. */
export const onceEach =
  (canonical: (device: string) => string) =>
  (devices: Named, ctx: z.RefinementCtx): void => {
    const seen = { device: new Set<string>(), unit: new Set<string>(), sensor: new Set<string>() };
    const once = (what: keyof typeof seen, id: string, path: PropertyKey[]): void => {
      if (!seen[what].has(id)) seen[what].add(id);
      else
        ctx.addIssue({
          ...{ code: 'custom', path },
          ...complaint(
            { zh: `“${id}”出现了两次`, en: `"${id}" comes twice` },
            { zh: '请只写一次', en: 'Write it once.' },
          ),
        });
    };
    for (const [i, { device, unit, readings }] of devices.entries()) {
      once('device', canonical(device), [i, 'device']);
      if (unit !== undefined) once('unit', unit, [i, 'unit']);
      for (const [item, { sensor }] of Object.entries(readings)) once('sensor', sensor, [i, 'readings', item]);
    }
  };

const BOTH = complaint(
  { zh: '与 dial 不能同写', en: 'cannot stand beside `dial`' },
  {
    zh: '设备拨入写 listen，由大厅呼叫写 dial',
    en: 'Write `listen` where devices dial, or `dial` where the hall calls them.',
  },
);
const NEITHER = complaint(
  { zh: '缺少 listen', en: '`listen` is missing' },
  {
    zh: '请写上设备拨入的地址与端口，例如 127.0.0.1:9212；由大厅呼叫设备则写 dial',
    en: 'Name address and port that the devices dial, like 127.0.0.1:9212; or `dial`, where the hall calls them.',
  },
);
const CALLED_TWICE = complaint({ zh: '出现了两次', en: 'comes twice' }, { zh: '请只写一次', en: 'Write it once.' });

/** Devices dial, or they are called. */
function oneWay(
  { listen, dial }: z.infer<z.ZodObject<Pick<typeof base, 'listen' | 'dial'>>>,
  ctx: z.RefinementCtx,
): void {
  if (listen && dial) ctx.addIssue({ code: 'custom', path: ['listen'], ...BOTH });
  else if (!listen && !dial) ctx.addIssue({ code: 'custom', path: ['listen'], ...NEITHER });
  const texts = (dial ?? []).map(addressText);
  for (const [i, text] of texts.entries())
    if (texts.indexOf(text) < i) ctx.addIssue({ code: 'custom', path: ['dial', i], ...CALLED_TWICE });
}

/** Of a protocol that is also spoken in datagrams. */
const inDatagramsToo = {
  listen: ListenOrUdp.meta(
    told(
      '设备拨入的地址与端口，例如 127.0.0.1:5651；UDP 写作 udp://127.0.0.1:5651',
      'Address and port that the devices dial, like 127.0.0.1:5651; for datagrams udp://127.0.0.1:5651.',
    ),
  ).optional(),
};

/** Pollution monitors that dial the centre (docs/protocols/hj212.md). */
export const Hj212Config = z
  .strictObject({
    ...base,
    protocol: z.literal('hj212'),
    devices: z.array(Monitor).min(1).max(MOST_DEVICES).superRefine(onceEach(String)),
  })
  .superRefine(oneWay);

/** Hydrological stations that dial the centre (docs/protocols/sl651.md). */
export const Sl651Config = z
  .strictObject({
    ...base,
    protocol: z.literal('sl651'),
    ...inDatagramsToo,
    devices: z.array(Station).min(1).max(MOST_DEVICES).superRefine(onceEach(withoutZeros)),
  })
  .superRefine(oneWay);

/** User information transmission devices of buildings' fire alarm systems that dial the centre (docs/protocols/gb26875.md). */
export const Gb26875Config = z
  .strictObject({
    ...base,
    protocol: z.literal('gb26875'),
    devices: z.array(Transmitter).min(1).max(MOST_DEVICES).superRefine(onceEach(withoutZeros)),
  })
  .superRefine(oneWay);

/** Vehicle terminals that dial the centre (docs/protocols/jt808.md). */
export const Jt808Config = z
  .strictObject({
    ...base,
    protocol: z.literal('jt808'),
    /** What the terminals' coordinates mean. No default: guessing it wrong puts every vehicle half a kilometre off. */
    crs: Crs,
    devices: z.array(Terminal).min(1).max(MOST_DEVICES).superRefine(onceEach(withoutZeros)),
  })
  .superRefine(oneWay);

/** Receivers of ships' reports (docs/protocols/ais.md). */
export const AisConfig = z
  .strictObject({
    ...base,
    ...inDatagramsToo,
    protocol: z.literal('ais'),
    devices: z.array(Ship).min(1).max(MOST_DEVICES).superRefine(onceEach(String)),
  })
  .superRefine(oneWay);

/** Clients and servers of TAK, and whatever else speaks Cursor on Target (docs/protocols/cot.md). */
export const CotConfig = z
  .strictObject({
    ...base,
    ...inDatagramsToo,
    protocol: z.literal('cot'),
    devices: z.array(Client).min(1).max(MOST_DEVICES).superRefine(onceEach(String)),
  })
  .superRefine(oneWay);

export type DeviceFeedConfig = z.infer<
  | typeof Hj212Config
  | typeof Sl651Config
  | typeof Gb26875Config
  | typeof Jt808Config
  | typeof AisConfig
  | typeof CotConfig
>;

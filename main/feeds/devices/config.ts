import { z } from 'zod';
import { Id, Text } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { UNIT_STATUSES } from '../../../core/units/unit.ts';
import type { Address } from '../transports/tcpServer.ts';

/** `address:port`, an IPv6 address in brackets. */
const LISTEN = /^(?:\[(?<v6>[\da-fA-F:.]+)\]|(?<host>[\w.-]+)):(?<port>\d{1,5})$/;

/** Where a feed listens for its devices. */
const Listen = z.string().transform((text, ctx): Address => {
  const { v6, host, port } = LISTEN.exec(text)?.groups ?? {};
  const at = v6 ?? host;
  if (at !== undefined && Number(port) <= 65_535) return { host: at, port: Number(port) };
  ctx.addIssue({
    code: 'custom',
    ...complaint(
      { zh: '不是“地址:端口”', en: 'is no address and port' },
      {
        zh: '请写成 127.0.0.1:9212 这样；写 0.0.0.0 则接受所有网络',
        en: 'Write it like 127.0.0.1:9212; 0.0.0.0 listens on every network.',
      },
    ),
  });
  return z.NEVER;
});

/** Minutes that a source's local time is ahead of UTC. */
const Zone = z
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

/** A sensor, and how its value is made of what the device says: value × `times` + `plus`. */
const Reading = z
  .union([
    Id,
    z.strictObject({
      sensor: Id,
      times: z.number().default(1),
      plus: z.number().default(0),
    }),
  ])
  .transform((reading) => (typeof reading === 'string' ? { sensor: reading, times: 1, plus: 0 } : reading));

/** Sensors by the names that the protocol has for what is measured. */
const Readings = z.record(z.string().min(1).max(64), Reading);

/** As the protocol writes it: in quotes, for a number would lose its zeros. */
const Device = z.string().trim().min(1).max(64);

const Gauge = z.strictObject({
  device: Device,
  /** What it must show; left out: nothing. */
  password: z.string().min(1).max(64).optional(),
  readings: Readings,
});

const Terminal = z.strictObject({
  device: Device,
  unit: Id,
  /** What is said of it as long as its protocol says nothing of that. */
  status: z.enum(UNIT_STATUSES).default('available'),
  readings: Readings.default({}),
});

const MOST_DEVICES = 100_000;

const base = {
  id: Id,
  name: Text,
  listen: Listen,
  zone: Zone,
  /** Seconds without a message after which the feed counts as silent. */
  silentAfter: z.number().min(1).max(86_400).default(900),
  /** Devices that may be connected at once. */
  maxConnections: z.number().int().min(1).max(20_000).default(1000),
  /** Seconds without a byte after which a connection is closed. */
  idleAfter: z.number().min(10).max(86_400).default(1800),
};

/** Two devices of one number, or two quantities for one sensor, are a slip of the pen that would show as values that jump. */
function onceEach(
  devices: readonly { device: string; unit?: string; readings: Readonly<Record<string, { sensor: string }>> }[],
  ctx: z.RefinementCtx,
): void {
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
    once('device', device, [i, 'device']);
    if (unit !== undefined) once('unit', unit, [i, 'unit']);
    for (const [item, { sensor }] of Object.entries(readings)) once('sensor', sensor, [i, 'readings', item]);
  }
}

/** Pollution monitors that dial the centre (docs/protocols/hj212.md). */
export const Hj212Config = z.strictObject({
  ...base,
  protocol: z.literal('hj212'),
  devices: z.array(Gauge).min(1).max(MOST_DEVICES).superRefine(onceEach),
});

/** Hydrological stations that dial the centre (docs/protocols/sl651.md). */
export const Sl651Config = z.strictObject({
  ...base,
  protocol: z.literal('sl651'),
  devices: z.array(Gauge).min(1).max(MOST_DEVICES).superRefine(onceEach),
});

/** Vehicle terminals that dial the centre (docs/protocols/jt808.md). */
export const Jt808Config = z.strictObject({
  ...base,
  protocol: z.literal('jt808'),
  /** What the terminals' coordinates mean. No default: guessing it wrong puts every vehicle half a kilometre off. */
  crs: Crs,
  devices: z.array(Terminal).min(1).max(MOST_DEVICES).superRefine(onceEach),
});

export type DeviceFeedConfig = z.infer<typeof Hj212Config> | z.infer<typeof Sl651Config> | z.infer<typeof Jt808Config>;

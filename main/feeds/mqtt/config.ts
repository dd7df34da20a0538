import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { UNIT_STATUSES } from '../../../core/units/unit.ts';
import type { Text } from '../../../core/words.ts';
import type { Said } from '../../config/issue.ts';
import { Hj212Config } from '../devices/config.ts';
import { Messages } from './messages.ts';
import { Subscription } from './topics.ts';

const PROTOCOLS = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];
const MOST_TOPICS = 100;
const MOST_DEVICES = 100_000;

/** What a sensor's value is made of, and the zone of times that have none: as feeds that devices dial have them. */
const { zone: Zone, devices } = Hj212Config.shape;
const Reading = devices.element.shape.readings.valueType;

/** Words that stand in quotes: YAML makes a number of `0012`, and its zeros are lost. */
const quoted = (said: Text, remedy: Text, pattern: RegExp) =>
  z.unknown().transform((word, ctx): string => {
    if (typeof word === 'string' && pattern.test(word)) return word;
    const quotes = { zh: '请加上引号，例如 "0012345678"', en: 'Write it in quotes, like "0012345678".' };
    const unquoted = complaint({ zh: '没有加引号', en: 'is not in quotes' }, quotes);
    ctx.addIssue({ code: 'custom', ...(typeof word === 'number' ? unquoted : complaint(said, remedy)) });
    return z.NEVER;
  });

const Device = quoted(
  { zh: '不是设备编号', en: "is no device's number" },
  { zh: '请写平台中的设备编号', en: "Write the device's number, as the platform has it." },
  /^[^\p{C}]{1,64}$/u,
);

const Secret = quoted(
  { zh: '不是用户名或密码', en: 'is no user name or password' },
  { zh: '请写 1 到 1000 个字符', en: 'Write 1 to 1,000 characters.' },
  /^[^\p{C}]{1,1000}$/u,
);

/** A device of the platform: what it measures, and which unit it is where it says where it is. */
const PlatformDevice = z
  .strictObject({
    device: Device,
    unit: Id.optional(),
    /** What is said of the unit, as nothing is said of it in the messages. */
    status: z.enum(UNIT_STATUSES).default('available'),
    /** By the names that `messages` gives to what is measured. */
    readings: z.record(z.string().regex(/^[^\p{C}]{1,64}$/u), Reading).default({}),
  })
  .refine(
    ({ unit, readings }) => unit !== undefined || Object.keys(readings).length > 0,
    complaint(
      { zh: '既没有传感器也没有力量', en: 'has neither a sensor nor a unit' },
      { zh: '请写 readings 或 unit', en: 'Write `readings` or `unit`.' },
    ),
  )
  .transform(({ unit, status, device, readings }) =>
    unit === undefined ? { device, readings } : { device, unit, status, readings },
  );

const Url = z.string().superRefine((url, ctx) => {
  const fault = brokerUrlFault(url);
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault.message, fault.remedy) });
});

/** Certificates of whoever signed the broker's, as text. */
const Ca = z.string().superRefine((text, ctx) => {
  const fault = certificateFault(text);
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault, PASTE) });
});

/** A feed that takes messages of JSON from an MQTT broker (docs/protocols/mqtt.md). */
export const MqttConfig = z
  .strictObject({
    id: Id,
    protocol: z.literal('mqtt'),
    name: WrittenText,
    url: Url,
    version: z.literal([5, '3.1.1']).default(5),
    username: Secret.optional(),
    password: Secret.optional(),
    /** Whom the broker's certificate must be signed by; left out: those that this program brings along. It is checked in any case. */
    ca: Ca.optional(),
    /** By which the broker knows the hall again; left out: made of the hall's own secret and the feed's id. */
    clientId: z
      .string()
      .regex(/^[\w:.~@-]{1,200}$/, 'an identifier of letters, digits and : . _ ~ @ -')
      .optional(),
    topics: z.array(Subscription).min(1).max(MOST_TOPICS),
    qos: z.literal([0, 1, 2]).default(1),
    /** Seconds for which the broker keeps what comes while the hall is away, of brokers of MQTT 5; 0: nothing is kept. */
    keepFor: z.number().int().min(0).max(2_592_000).default(86_400),
    /** What positions mean. No default: guessing it wrong puts every unit half a kilometre off. */
    crs: Crs.optional(),
    zone: Zone,
    encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
    messages: Messages,
    devices: z.array(PlatformDevice).min(1).max(MOST_DEVICES),
    /** Seconds without a message after which the feed counts as silent. */
    silentAfter: z.number().min(1).max(86_400).default(900),
    /** Messages a second that are read; what comes faster waits at the broker. */
    maxMessagesPerSecond: z.number().int().min(1).max(1_000_000).default(50_000),
  })
  .superRefine((config, ctx) => {
    // What is wrong by itself fits nothing else.
    if (ctx.issues.length > 0) return;
    for (const { path, said, remedy } of [...misfits(config), ...repeated(config.devices)])
      ctx.addIssue({ code: 'custom', path: [...path], ...complaint(said, remedy) });
  });
export type MqttConfig = z.infer<typeof MqttConfig>;

interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly said: Text;
  readonly remedy: Text;
}

interface Parts {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly crs?: Crs | undefined;
  readonly messages: z.infer<typeof Messages>;
  readonly devices: readonly z.infer<typeof PlatformDevice>[];
}

/** Members that mean nothing without another, or need one. */
function* misfits({ url, ca, username, password, crs, messages, devices }: Parts): Iterable<Misfit> {
  if (ca !== undefined && !/^(mqtts|wss):/.test(url))
    yield {
      path: ['ca'],
      said: { zh: '地址不加密，证书不会用到', en: 'is not used, as the address has no encryption' },
      remedy: { zh: '请写以 mqtts:// 或 wss:// 开头的地址', en: 'Write an address with mqtts:// or wss://.' },
    };
  if (password !== undefined && username === undefined)
    yield {
      path: ['password'],
      said: { zh: '没有用户名', en: 'has no user name' },
      remedy: { zh: '请写 username', en: 'Write `username`, too.' },
    };
  const placed = messages.some(({ position }) => position !== null);
  if (placed && crs === undefined)
    yield {
      path: ['messages'],
      said: { zh: '含有位置，但没有坐标系', en: 'has positions, and nothing says what their coordinates mean' },
      remedy: { zh: '请写 crs：wgs84、gcj02 或 bd09', en: 'Write `crs`: wgs84, gcj02 or bd09.' },
    };
  const unit = devices.findIndex((device) => 'unit' in device);
  if (unit !== -1 && !placed)
    yield {
      path: ['devices', unit, 'unit'],
      said: { zh: 'messages 中没有 position，不知道它在哪里', en: 'is nowhere, as `messages` has no `position`' },
      remedy: { zh: '请在 messages 中写 position', en: 'Write `position` under `messages`.' },
    };
}

/** Two devices of one number, or two quantities for one sensor, are a slip of the pen that would show as values that jump. */
function* repeated(devices: Parts['devices']): Iterable<Misfit> {
  const seen = { device: new Set<string>(), unit: new Set<string>(), sensor: new Set<string>() };
  const all = devices.flatMap((each, i) => [
    { of: 'device' as const, id: each.device, path: ['devices', i, 'device'] },
    ...('unit' in each ? [{ of: 'unit' as const, id: each.unit, path: ['devices', i, 'unit'] }] : []),
    ...Object.entries(each.readings).map(([item, { sensor }]) => ({
      ...{ of: 'sensor' as const, id: sensor, path: ['devices', i, 'readings', item] },
    })),
  ]);
  for (const { of, id, path } of all) {
    if (seen[of].has(id))
      yield {
        path,
        said: { zh: `“${id}”出现了两次`, en: `"${id}" comes twice` },
        remedy: { zh: '请只写一次', en: 'Write it once.' },
      };
    seen[of].add(id);
  }
}

/** What is wrong with a broker's address, and what to do; null for one that can be dialled. */
function brokerUrlFault(text: string): Said | null {
  if (!URL.canParse(text)) return NO_ADDRESS;
  const url = new URL(text);
  if (!PROTOCOLS.includes(url.protocol))
    return {
      message: { zh: `协议是 ${url.protocol}`, en: `has the protocol ${url.protocol}` },
      remedy: {
        zh: '请写以 mqtt://、mqtts://、ws:// 或 wss:// 开头的地址',
        en: 'Write an address that begins with mqtt://, mqtts://, ws:// or wss://.',
      },
    };
  if (url.hostname === '') return NO_ADDRESS;
  if (url.username !== '' || url.password !== '') return LOGIN_IN_URL;
  const extra = url.hash !== '' || (url.protocol.startsWith('mqtt') && (url.search !== '' || url.pathname.length > 1));
  return extra ? MORE_THAN_A_PLACE : null;
}

function certificateFault(text: string): Text | null {
  if (text.includes('PRIVATE KEY')) return { zh: '含有私钥', en: 'holds a private key' };
  const all = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (all.length === 0) return { zh: '不是证书', en: 'is no certificate' };
  try {
    for (const each of all) void new X509Certificate(each);
    return null;
  } catch {
    return { zh: '证书不完整或已损坏', en: 'is a certificate that is not whole, or damaged' };
  }
}

const PASTE = {
  zh: '请写 ca: |，并在其下缩进粘贴签发者证书（PEM 文字，以 -----BEGIN CERTIFICATE----- 开头），而不是文件名',
  en: "Write `ca: |` and below it, indented, the text of the signer's certificate, which begins with -----BEGIN CERTIFICATE-----; not the name of a file.",
};
const NO_ADDRESS: Said = {
  message: { zh: '不是网络地址', en: 'is not an address' },
  remedy: { zh: '请写成 mqtts://主机:8883', en: 'Write it like mqtts://host:8883.' },
};
const LOGIN_IN_URL: Said = {
  message: { zh: '地址中带有用户名或密码', en: 'holds a user name or password' },
  remedy: { zh: '请写在 username 与 password 中', en: 'Write them as `username` and `password`.' },
};
const MORE_THAN_A_PLACE: Said = {
  message: { zh: '主机与端口之后还有内容', en: 'has more than host and port' },
  remedy: { zh: '请删去主机与端口之后的内容', en: 'Remove what follows the host and port.' },
};

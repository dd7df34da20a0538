import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import type { Said } from '../../config/issue.ts';
import { deviceMisfits, fitting, type Misfit, PlatformDevices, Zone } from '../platforms/devices.ts';
import { Messages, placedIn } from '../platforms/messages.ts';
import { Ca, Secret } from '../platforms/secrets.ts';
import { recorded } from '../recording/config.ts';
import { Subscription } from './topics.ts';

const PROTOCOLS = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];
const MOST_TOPICS = 100;

const Url = z.string().superRefine((url, ctx) => {
  const fault = brokerUrlFault(url);
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault.message, fault.remedy) });
});

/** A feed that takes messages of JSON from an MQTT broker (docs/protocols/mqtt.md). */
export const MqttConfig = z
  .strictObject({
    id: Id,
    protocol: z.literal('mqtt'),
    name: WrittenText,
    ...recorded,
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
    devices: PlatformDevices,
    /** Seconds without a message after which the feed counts as silent. */
    silentAfter: z.number().min(1).max(86_400).default(900),
    /** Messages a second that are read; what comes faster waits at the broker. */
    maxMessagesPerSecond: z.number().int().min(1).max(1_000_000).default(50_000),
  })
  .superRefine(fitting(misfits));
export type MqttConfig = z.infer<typeof MqttConfig>;

interface Parts {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly crs?: Crs | undefined;
  readonly messages: z.infer<typeof Messages>;
  readonly devices: PlatformDevices;
}

function* misfits({ url, ca, username, password, ...config }: Parts): Iterable<Misfit> {
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
  yield* deviceMisfits(config, placedIn(config.messages), 'messages');
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

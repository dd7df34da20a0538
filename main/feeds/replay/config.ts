import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint, oneOf } from '../../../core/complaint.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { told } from '../../../core/told.ts';
import { CapConfig } from '../cap/config.ts';
import { AisConfig, CotConfig, Gb26875Config, Hj212Config, Jt808Config, Sl651Config } from '../devices/config.ts';
import { HttpJsonConfig } from '../http-json/config.ts';
import { MqttConfig } from '../mqtt/config.ts';

/** Feeds whose recordings are played: their messages come one by one, whoever brings them. */
const PlayedConfig = z.discriminatedUnion('protocol', [
  Hj212Config,
  Sl651Config,
  Gb26875Config,
  Jt808Config,
  AisConfig,
  CotConfig,
  MqttConfig,
  HttpJsonConfig,
  CapConfig,
]);
export type PlayedConfig = z.infer<typeof PlayedConfig>;

/** What a feed's file needs to reach its source, which nobody does. */
const UNREACHED: Readonly<Record<PlayedConfig['protocol'], object>> = {
  ...{ hj212: { listen: '127.0.0.1:1' }, sl651: { listen: '127.0.0.1:1' } },
  ...{ gb26875: { listen: '127.0.0.1:1' }, jt808: { listen: '127.0.0.1:1' } },
  ...{ ais: { listen: '127.0.0.1:1' }, cot: { listen: '127.0.0.1:1' } },
  ...{ mqtt: { url: 'mqtt://127.0.0.1' } },
  ...{ 'http-json': { token: 'nobody-posts-to-a-recording' }, cap: { token: 'nobody-posts-to-a-recording' } },
};
const PROTOCOLS = Object.keys(UNREACHED);

/** The file of the feed that was recorded; its own id and name, and how its source is reached, need not stand there. */
const As = z
  .unknown()
  .transform((written, ctx): PlayedConfig => {
    const { protocol, listen: _listen, dial: _dial, ...more } = (written ?? {}) as Record<string, unknown>;
    if (typeof protocol !== 'string' || !Object.hasOwn(UNREACHED, protocol)) {
      ctx.addIssue({
        ...{ code: 'custom', path: ['protocol'] },
        ...complaint({ zh: '不是可以回放的协议', en: 'is no protocol that is played' }, oneOf(PROTOCOLS)),
      });
      return z.NEVER;
    }
    const own = { id: 'replay', name: { zh: '回放', en: 'Replay' } };
    const read = PlayedConfig.safeParse({
      ...UNREACHED[protocol as PlayedConfig['protocol']],
      ...more,
      protocol,
      ...own,
    });
    if (read.success) return read.data;
    for (const issue of read.error.issues) ctx.addIssue({ ...issue });
    return z.NEVER;
  })
  .meta({
    type: 'object',
    ...told(
      '被录制的数据源文件的内容；id、name 与连接方式可以不写',
      'What the file of the recorded feed holds; its id, its name and how its source is reached may be left out.',
    ),
  });

/** A feed that plays what was recorded of another (docs/protocols/replay.md). */
export const ReplayConfig = z.strictObject({
  id: Id,
  protocol: z.literal('replay'),
  name: WrittenText,
  file: z
    .string()
    .min(1)
    .max(1000)
    .meta(
      told(
        '录制文件，相对于 recordings 文件夹，例如 hydro/20261128083000.ndjson',
        'A file of a recording, from the folder `recordings` on, like hydro/20261128083000.ndjson.',
      ),
    ),
  speed: z.number().min(0.01).max(10_000).default(1).meta(told('播放速度的倍数', 'So many times as fast as it came.')),
  loop: z.boolean().default(false).meta(told('播完后重新播放', 'Whether it begins anew at its end.')),
  as: As,
});
export type ReplayConfig = z.infer<typeof ReplayConfig>;

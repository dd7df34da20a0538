import { z } from 'zod';
import { complaint, oneOf } from '../../core/complaint.ts';
import { readYaml } from '../config/readYaml.ts';
import { CallsConfig } from './calls/config.ts';
import { createCallsFeed } from './calls/feed.ts';
import { CapConfig } from './cap/config.ts';
import { createCapFeed } from './cap/feed.ts';
import type { FeedDeps } from './deps.ts';
import { AisConfig, CotConfig, Gb26875Config, Hj212Config, Jt808Config, Sl651Config } from './devices/config.ts';
import { createDeviceFeed } from './devices/feed.ts';
import { ais, cot, gb26875, hj212, jt808, sl651 } from './devices/protocols.ts';
import type { Feed, TakeReports, TakeWarning } from './feed.ts';
import { FolderConfig } from './folder/config.ts';
import { createFolderFeed } from './folder/feed.ts';
import { HttpJsonConfig } from './http-json/config.ts';
import { createHttpJsonFeed } from './http-json/feed.ts';
import { HttpPollConfig } from './http-poll/config.ts';
import { createHttpPollFeed } from './http-poll/feed.ts';
import { ModbusConfig } from './modbus/config.ts';
import { createModbusFeed } from './modbus/feed.ts';
import { MqttConfig } from './mqtt/config.ts';
import { createMqttFeed } from './mqtt/feed.ts';
import { Open311Config } from './open311/config.ts';
import { createOpen311Feed } from './open311/feed.ts';
import { brokerOf } from './replay/broker.ts';
import { ReplayConfig } from './replay/config.ts';
import { createReplayFeed } from './replay/feed.ts';
import { urlFault, WsJsonConfig } from './ws-json/config.ts';
import { createWsJsonFeed } from './ws-json/feed.ts';

/** Configuration of any feed; one protocol, one member here. */
export const FeedConfig = z.discriminatedUnion('protocol', [
  WsJsonConfig,
  HttpJsonConfig,
  Hj212Config,
  Sl651Config,
  Gb26875Config,
  Jt808Config,
  AisConfig,
  CotConfig,
  MqttConfig,
  HttpPollConfig,
  CapConfig,
  CallsConfig,
  Open311Config,
  ModbusConfig,
  FolderConfig,
  ReplayConfig,
]);
export type FeedConfig = z.infer<typeof FeedConfig>;

/** Makes the feed that a configuration describes. */
export function createFeed(
  config: FeedConfig,
  deps: FeedDeps & { takeWarning: TakeWarning; takeReports: TakeReports },
): Feed {
  switch (config.protocol) {
    case 'ws-json':
      return createWsJsonFeed(config, deps);
    case 'http-json':
      return createHttpJsonFeed(config, deps);
    case 'hj212':
      return createDeviceFeed(config, deps, () => hj212(config));
    case 'sl651':
      return createDeviceFeed(config, deps, () => sl651(config));
    case 'jt808':
      return createDeviceFeed(config, deps, (stranger) => jt808(config, deps.secret, stranger));
    case 'ais':
      return createDeviceFeed(config, deps, (stranger) => ais(config, stranger));
    case 'cot':
      return createDeviceFeed(config, deps, (stranger) => cot(config, stranger));
    case 'gb26875':
      return createDeviceFeed(config, deps, () => gb26875(config));
    case 'mqtt':
      return createMqttFeed(config, deps, deps.played && brokerOf(deps.played));
    case 'http-poll':
      return createHttpPollFeed(config, deps);
    case 'cap':
      return createCapFeed(config, deps);
    case 'calls':
      return createCallsFeed(config, deps);
    case 'open311':
      return createOpen311Feed(config, deps);
    case 'modbus':
      return createModbusFeed(config, deps);
    case 'folder':
      return createFolderFeed(config, deps);
    case 'replay':
      return createReplayFeed(config, deps, (as, played) => createFeed(as, { ...deps, played }));
  }
}

/** Whether its source posts to the hall, which reads nothing by itself. */
export function isPosted({ protocol }: FeedConfig): boolean {
  return protocol === 'http-json' || protocol === 'cap' || protocol === 'calls';
}

/** The sensors and units that a configuration names, of which nobody else may speak; with `*` at the end all whose id begins so. */
export function ownedBy(config: FeedConfig): readonly string[] {
  if (config.protocol === 'replay') return ownedBy(config.as);
  if ('owns' in config) return config.owns;
  if (!('devices' in config)) return [];
  return config.devices.flatMap((device) => [
    ...('unit' in device ? [device.unit] : []),
    ...Object.values(device.readings).map(({ sensor }) => sensor),
  ]);
}

/**
 * Reads one file of resources/feeds/.
 *
 * @param variables what `${name}` in `url` stands for: addresses known only at run time, tokens that no file should hold.
 * @throws ConfigError naming file, line, path and remedy.
 */
export function readFeedConfig(
  file: string,
  text: string,
  variables: Readonly<Record<string, string>> = {},
): FeedConfig {
  return readYaml(file, text, feedConfigWith(variables));
}

/** The schema of a feed's file. @param variables what `${name}` in `url` stands for */
export function feedConfigWith(variables: Readonly<Record<string, string>>): z.ZodType<FeedConfig> {
  return z
    .unknown()
    .transform((raw, ctx): unknown => {
      if (typeof raw !== 'object' || raw === null || !('url' in raw) || typeof raw.url !== 'string') return raw;
      const filled = new Set<string>();
      const url = raw.url.replace(/\$\{([^}]*)\}/g, (all, name: string) => {
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value !== undefined) {
          filled.add(all);
          if (value.trim() === '') emptyVariable(all, ctx);
          return value.trim();
        }
        const known = Object.keys(variables).map((k) => `\${${k}}`);
        const remedy = known.length > 0 ? oneOf(known) : { zh: '请直接写出地址', en: 'Write the address itself.' };
        ctx.addIssue({
          ...{ code: 'custom', path: ['url'] },
          ...complaint({ zh: `没有变量 ${all}`, en: `nothing is known as ${all}` }, remedy),
        });
        return all;
      });
      const fault = filled.size > 0 ? urlFault(url) : null;
      if (fault !== null && ctx.issues.length === 0) {
        const message = {
          zh: `填入 ${[...filled].join('、')} 之后${fault.message.zh}`,
          en: `${fault.message.en} once ${[...filled].join(', ')} is filled in`,
        };
        ctx.addIssue({ code: 'custom', path: ['url'], ...complaint(message, fault.remedy) });
      }
      return { ...raw, url };
    })
    .pipe(FeedConfig);
}

function emptyVariable(variable: string, ctx: z.RefinementCtx): void {
  const message = { zh: `变量 ${variable} 是空的`, en: `${variable} is empty` };
  const remedy = { zh: `请给 ${variable} 一个值`, en: `Give ${variable} a value.` };
  ctx.addIssue({ code: 'custom', path: ['url'], ...complaint(message, remedy) });
}

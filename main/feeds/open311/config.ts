import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { toldTo } from '../calls/config.ts';
import { Zone } from '../devices/config.ts';
import { type Asked, asked, askedMisfits, silentAfterOf } from '../http-poll/asked.ts';
import { fitting, type Misfit } from '../platforms/devices.ts';
import { quoted } from '../quoted.ts';
import { recorded } from '../recording/config.ts';

const ServiceCode = quoted(
  /^[^\p{C}\p{Z},]{1,100}$/u,
  { zh: '不是服务代码', en: 'is no service code' },
  { zh: '请写来源 services.json 中的 service_code', en: "Write a service_code of the source's services.json." },
);

/** Configuration of a feed for which the hall asks a service of Open311, GeoReport v2 (docs/protocols/open311.md). */
export const Open311Config = z
  .strictObject({
    id: Id,
    protocol: z.literal('open311'),
    name: WrittenText,
    ...recorded,
    ...asked,
    every: z.number().min(10).max(86_400).default(300),
    /** What its coordinates mean: the standard says WGS 84. */
    crs: Crs.default('wgs84'),
    zone: Zone,
    ...toldTo,
    /** What is asked for; left out: everything. */
    services: z.array(ServiceCode).min(1).max(1000).optional(),
    /** How far back is asked each time, days: what changes of a request that is older is not heard. */
    days: z.number().min(0.1).max(90).default(1),
    /** So many requests the source puts into an answer at most; with so many in it the rest is asked for by narrower dates. */
    pageSize: z.number().int().min(10).max(1000).default(1000),
  })
  .superRefine(fitting(misfits))
  .transform((config) => ({ ...config, silentAfter: silentAfterOf(config) }));
export type Open311Config = z.infer<typeof Open311Config>;

function* misfits(config: Omit<Asked, 'headers' | 'timeout'>): Iterable<Misfit> {
  yield* askedMisfits(config);
  if (/\.(json|xml)$/.test(new URL(config.url).pathname))
    yield {
      path: ['url'],
      said: { zh: '是一个资源的地址，不是服务的地址', en: 'is the address of one resource, and not of the service' },
      remedy: {
        zh: '请写到 requests.json 之前为止，例如 https://主机/open311/v2',
        en: 'Write what stands before requests.json, like https://host/open311/v2.',
      },
    };
}

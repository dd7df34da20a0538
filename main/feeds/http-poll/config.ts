import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { Columns } from '../platforms/columns.ts';
import { deviceMisfits, fitting, type Misfit, PlatformDevices, Zone } from '../platforms/devices.ts';
import { Messages, PathText, placedIn, topicMisfits } from '../platforms/messages.ts';
import { recorded } from '../recording/config.ts';
import { type Asked, asked, askedMisfits, silentAfterOf } from './asked.ts';

/** A feed for which the hall asks an address every so often (docs/protocols/http-poll.md). */
export const HttpPollConfig = z
  .strictObject({
    id: Id,
    protocol: z.literal('http-poll'),
    name: WrittenText,
    ...recorded,
    ...asked,
    /** What positions mean. No default: guessing it wrong puts every unit half a kilometre off. */
    crs: Crs.optional(),
    zone: Zone,
    encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
    /** What an answer of JSON looks like. */
    messages: Messages.optional(),
    /** What an answer that is a table looks like; one of the two. */
    columns: Columns.optional(),
    /** Where in an answer the address of its next page stands; left out: an answer is whole. */
    next: PathText.optional(),
    devices: PlatformDevices,
  })
  .superRefine(fitting(misfits))
  .transform((config) => ({ ...config, silentAfter: silentAfterOf(config) }));
export type HttpPollConfig = z.infer<typeof HttpPollConfig>;

interface Parts extends Omit<Asked, 'headers' | 'timeout'> {
  readonly crs?: Crs | undefined;
  readonly messages?: z.infer<typeof Messages> | undefined;
  readonly columns?: z.infer<typeof Columns> | undefined;
  readonly next?: unknown;
  readonly devices: PlatformDevices;
}

function* misfits(config: Parts): Iterable<Misfit> {
  yield* askedMisfits(config);
  const { messages = [], columns, next } = config;
  if (messages.length > 0 === (columns !== undefined))
    yield {
      path: [],
      said: { zh: '没有写明应答是 JSON 还是表格', en: 'does not say whether answers are JSON or tables' },
      remedy: {
        zh: 'JSON 请写 messages，CSV 请写 columns，只写其中之一',
        en: 'Write `messages` for JSON or `columns` for CSV, and not both.',
      },
    };
  if (next !== undefined && columns !== undefined)
    yield {
      path: ['next'],
      said: { zh: '表格没有下一页', en: 'is of JSON: a table has no next page' },
      remedy: { zh: '请删去', en: 'Remove it.' },
    };
  yield* topicMisfits(messages);
  const inTables = columns?.shape.position ? ('columns' as const) : null;
  yield* deviceMisfits(config, placedIn(messages) ?? inTables, columns ? 'columns' : 'messages');
}

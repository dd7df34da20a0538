import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { Columns } from '../platforms/columns.ts';
import { deviceMisfits, fitting, type Misfit, PlatformDevices, Zone } from '../platforms/devices.ts';
import { Messages, placedIn, topicMisfits } from '../platforms/messages.ts';

/** Below the hall's folder `feeds`: where files are dropped for feeds that name no folder. */
export const INBOX = 'inbox';

/** A feed of files that are dropped into a folder (docs/protocols/folder.md). */
export const FolderConfig = z
  .strictObject({
    id: Id,
    protocol: z.literal('folder'),
    name: WrittenText,
    /** Where files are dropped; left out: `inbox/<id>` in the hall's folder `feeds`. */
    folder: z
      .string()
      .refine(
        isAbsolute,
        complaint(
          { zh: '不是完整的路径', en: 'is no absolute path' },
          {
            zh: '请从根写起；删去这一项时为数据目录中的 feeds/inbox/编号',
            en: 'Write it from the root on; left out it is feeds/inbox/id in the data folder.',
          },
        ),
      )
      .optional(),
    /** What positions mean. No default: guessing it wrong puts every unit half a kilometre off. */
    crs: Crs.optional(),
    zone: Zone,
    /** Of JSON; tables show it themselves. */
    encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
    /** What `.json` files, and lines of `.ndjson` files, look like. */
    messages: Messages.optional(),
    /** What `.csv` files look like. */
    columns: Columns.optional(),
    devices: PlatformDevices,
    /** Seconds without a usable file after which the feed counts as silent. */
    silentAfter: z.number().min(1).max(2_592_000).default(7200),
    /** Lines and rows a second that are read; the rest waits in its file. */
    maxRowsPerSecond: z.number().int().min(1).max(1_000_000).default(20_000),
  })
  .superRefine(fitting(misfits))
  .transform(({ folder, ...config }) => ({
    ...config,
    folder: folder ?? `${INBOX}/${config.id}`,
    /** Whether the folder is the hall's to make. */
    isOwn: folder === undefined,
  }));
export type FolderConfig = z.infer<typeof FolderConfig>;

interface Parts {
  readonly crs?: Crs | undefined;
  readonly messages?: z.infer<typeof Messages> | undefined;
  readonly columns?: z.infer<typeof Columns> | undefined;
  readonly devices: PlatformDevices;
}

function* misfits({ messages = [], columns, ...config }: Parts): Iterable<Misfit> {
  if (messages.length === 0 && columns === undefined)
    yield {
      path: [],
      said: { zh: '没有写文件的内容', en: 'does not say what the files look like' },
      remedy: {
        zh: 'JSON 请写 messages，CSV 请写 columns',
        en: 'Write `messages` for JSON, `columns` for CSV.',
      },
    };
  yield* topicMisfits(messages);
  const inTables = columns?.shape.position ? ('columns' as const) : null;
  yield* deviceMisfits(config, placedIn(messages) ?? inTables, messages.length > 0 ? 'messages' : 'columns');
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../contract/features/notices.ts';
import { complaint } from '../../core/complaint.ts';
import { WrittenText } from '../../core/plainText.ts';
import { told } from '../../core/told.ts';
import type { Text } from '../../core/words.ts';
import { systemZone } from '../clock.ts';
import { badFileNotices } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { readFile } from './catalogue.ts';

/** What makes a folder a hall's. */
export const HALL_YAML = 'hall.yaml';

const NO_ZONE = complaint(
  { zh: '没有这个时区', en: 'is no time zone' },
  { zh: '请写 IANA 时区名，例如 Asia/Shanghai', en: 'Write the name of an IANA time zone, such as Asia/Shanghai.' },
);

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const NamedId = z.string().min(1).max(100);

/** The file `hall.yaml`. */
export const HallYaml = z.strictObject({
  hall: z.literal(1).meta(told('文件夹格式的版本', 'Of the form of the folder, so that a later one can be told.')),
  name: WrittenText.meta(told('大厅名称，显示在状态栏与窗口标题', "As the strip and the windows' titles have it.")),
  without: z
    .strictObject({ rules: z.array(NamedId).max(500).default([]), plans: z.array(NamedId).max(500).default([]) })
    .prefault({})
    .meta(
      told(
        '不使用的产品自带规则与预案（编号）',
        'Rules and plans of the product that the hall does not use, by their ids.',
      ),
    ),
  zone: z
    .string()
    .max(60)
    .superRefine((zone, ctx) => {
      if (!isZone(zone)) ctx.addIssue({ code: 'custom', ...NO_ZONE });
    })
    .optional()
    .meta(
      told(
        '报告所用时区，例如 Asia/Shanghai；省略时为本机时区',
        'In which reports tell the time, such as Asia/Shanghai; that of the PC when left out.',
      ),
    ),
});

/** What a hall says of itself. */
export interface HallIdentity {
  /** Null for one whose folder does not say. */
  readonly name: Text | null;
  /** IANA name. */
  readonly zone: string;
  /** What of the product it does not use, by id. */
  readonly without: { readonly rules: readonly string[]; readonly plans: readonly string[] };
}

/** Reads `hall.yaml` of a hall's folder, which need not be there; one that is wrong is named, and the hall goes without. */
export function readHallYaml(
  dataDir: string,
  rejects: Rejects,
  now: number,
): { identity: HallIdentity; notices: Notice[] } {
  const nobody: HallIdentity = { name: null, zone: systemZone(), without: { rules: [], plans: [] } };
  if (!existsSync(join(dataDir, HALL_YAML))) return { identity: nobody, notices: [] };
  const read = readFile(join(dataDir, HALL_YAML), HallYaml, rejects);
  if ('bad' in read) return { identity: nobody, notices: badFileNotices([read.bad], now) };
  const { name, zone = nobody.zone, without } = read.item;
  return { identity: { name, zone, without }, notices: [] };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../contract/features/notices.ts';
import { complaint } from '../../core/complaint.ts';
import { FACILITY_LOOKS, type OwnKind, SENSOR_LOOKS, USUAL_KINDS } from '../../core/places/kinds.ts';
import { WrittenText } from '../../core/plainText.ts';
import { told } from '../../core/told.ts';
import { readFile } from '../config/catalogue.ts';
import { badFileNotices } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';

/** A kind's name in files: as those of the product are written. */
export const KindName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and - after a letter');

const Kind = z.strictObject({
  kind: KindName.meta(told('类别，在其他文件中引用', 'The kind, as other files name it.')),
  name: WrittenText.meta(told('显示的名称', 'As it is shown.')),
});
const drawnAs = told('地图上画成哪一种', 'As which of the product it is drawn on the map.');
const MOST = 500;

/** The file `kinds.yaml`. */
export const Kinds = z
  .strictObject({
    sensors: z
      .array(Kind.extend({ look: z.enum(SENSOR_LOOKS).optional().meta(drawnAs) }))
      .max(MOST)
      .default([]),
    units: z.array(Kind).max(MOST).default([]),
    facilities: z
      .array(Kind.extend({ look: z.enum(FACILITY_LOOKS).optional().meta(drawnAs) }))
      .max(MOST)
      .default([]),
  })
  .superRefine((lists, ctx) => {
    for (const [list, usual] of [
      ['sensors', USUAL_KINDS.sensor],
      ['units', USUAL_KINDS.unit],
      ['facilities', USUAL_KINDS.facility],
    ] as const) {
      const taken = new Set(usual);
      for (const [i, { kind }] of lists[list].entries()) {
        if (taken.has(kind)) ctx.addIssue({ code: 'custom', path: [list, i, 'kind'], ...TAKEN });
        taken.add(kind);
      }
    }
  });

const TAKEN = complaint(
  { zh: '此类别已经有了', en: 'is there already' },
  { zh: '请改用另一名称，或删去此条', en: 'Give it another name, or leave it out.' },
);

/** Reads `kinds.yaml` of a hall's folder, which need not be there: kinds of things beside those of the product. */
export function readKindsYaml(dataDir: string, rejects: Rejects, now: number): { kinds: OwnKind[]; notices: Notice[] } {
  const file = join(dataDir, 'kinds.yaml');
  if (!existsSync(file)) return { kinds: [], notices: [] };
  const read = readFile(file, Kinds, rejects);
  if ('bad' in read) return { kinds: [], notices: badFileNotices([read.bad], now) };
  const { sensors, units, facilities } = read.item;
  return {
    kinds: [
      ...sensors.map(({ look = null, ...kind }) => ({ of: 'sensor' as const, ...kind, look })),
      ...units.map((kind) => ({ of: 'unit' as const, ...kind, look: null })),
      ...facilities.map(({ look = null, ...kind }) => ({ of: 'facility' as const, ...kind, look })),
    ],
    notices: [],
  };
}

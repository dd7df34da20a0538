import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import type { Text } from '../../../core/words.ts';
import { describeIssue, type Said } from '../../config/issue.ts';
import { readTextFile, TextFileError } from '../../config/textFile.ts';
import { FileFault } from '../../files/fileFault.ts';
import { writeWhole } from '../../files/writeWhole.ts';
import { BasemapFault } from './fault.ts';
import { MAX_ZOOM } from './header.ts';
import { openArchive } from './reader.ts';

/** Where a hall has its own map: the archive with what is said of it, and the roads and names that were made of the same. */
export function basemapFolder(dataDir: string): string {
  return join(dataDir, 'city', 'map');
}

/** Names of the files there. */
export const BASEMAP_FILE = 'basemap.pmtiles';
export const BASEMAP_META = 'map.json';

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);
const zoom = z.int().min(0).max(MAX_ZOOM);
const TURNED = complaint(
  { zh: '范围为空：应依次为西、南、东、北', en: 'is no area: write west, south, east and north' },
  { zh: '请重新制作底图', en: 'Make the basemap anew.' },
);

/** What `map.json` says of the archive beside it. */
export const Basemap = z.object({
  version: z.literal(1),
  name: z.object({ zh: z.string().max(200), en: z.string().max(200) }),
  /** West, south, east, north; WGS 84 degrees. The map opens on it. */
  bounds: z
    .tuple([longitude, latitude, longitude, latitude])
    .refine(([west, south, east, north]) => west < east && south < north, TURNED),
  minZoom: zoom,
  maxZoom: zoom,
  /** Vector tiles are in the layers of our own styles; raster tiles are pictures. */
  kind: z.enum(['vector', 'raster']),
  /** Whose data it is, as it must stand on the map; empty when nobody asks for it. */
  attribution: z.string().max(300),
  /** Name of the file that it was made from. */
  from: z.string().max(300),
  made: z.iso.datetime(),
});
export type Basemap = z.infer<typeof Basemap>;

/** What a hall has of a basemap. */
export type BasemapFound =
  | { readonly state: 'none' }
  | { readonly state: 'whole'; readonly basemap: Basemap }
  | { readonly state: 'broken'; readonly text: Text };

/**
 * Looks, at a start, whether the hall's basemap is there and whole: `map.json`, the archive's header, its metadata, and that no part of
 * the file is missing. Tiles are not read.
 *
 * @param folder see {@link basemapFolder}
 */
export function readBasemap(folder: string): BasemapFound {
  const file = join(folder, BASEMAP_META);
  if (!existsSync(file)) return { state: 'none' };
  try {
    const basemap = readMeta(file);
    checkArchive(join(folder, BASEMAP_FILE), basemap);
    return { state: 'whole', basemap };
  } catch (error) {
    return { state: 'broken', text: textOf(error, folder) };
  }
}

/** Writes `map.json`, whole or not at all. @throws the system's error */
export function writeBasemap(folder: string, basemap: Basemap): void {
  writeWhole(join(folder, BASEMAP_META), `${JSON.stringify(Basemap.parse(basemap), null, 2)}\n`);
}

function readMeta(file: string): Basemap {
  let value: unknown;
  try {
    value = JSON.parse(readTextFile(file));
  } catch (error) {
    throw badMeta(error instanceof TextFileError ? error.said : NO_JSON, '');
  }
  const result = Basemap.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const issue = first && describeIssue(first);
  throw badMeta(issue ?? NO_JSON, issue?.path ?? '');
}

const NO_JSON: Said = {
  message: { zh: '不是 JSON', en: 'is not JSON' },
  remedy: { zh: '请重新制作底图', en: 'Make the basemap anew.' },
};

function badMeta({ message, remedy }: Said, path: string): BasemapFault {
  const at = path === '' ? { zh: '', en: '' } : { zh: `的 ${path}`, en: `, ${path}` };
  return new BasemapFault({
    zh: `底图说明 ${BASEMAP_META}${at.zh}：${message.zh}。${remedy.zh}。`,
    en: `The basemap's ${BASEMAP_META}${at.en}: ${message.en}. ${remedy.en}`,
  });
}

function checkArchive(file: string, basemap: Basemap): void {
  const archive = openArchive(file);
  try {
    archive.metadata();
    const kind = archive.header.tileType === 'mvt' ? 'vector' : 'raster';
    if (kind !== basemap.kind)
      throw new BasemapFault({
        zh: `底图说明 ${BASEMAP_META} 与底图文件 ${BASEMAP_FILE} 不是同一份（${basemap.kind}、${kind}）。请重新制作底图。`,
        en: `The basemap's ${BASEMAP_META} and ${BASEMAP_FILE} are not of one another (${basemap.kind}, ${kind}). Make the basemap anew.`,
      });
  } finally {
    archive.close();
  }
}

function textOf(error: unknown, folder: string): Text {
  if (error instanceof BasemapFault) return error.text;
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return {
      zh: `缺少底图文件 ${join(folder, BASEMAP_FILE)}。请重新制作底图，或用备份恢复该文件。`,
      en: `The basemap ${join(folder, BASEMAP_FILE)} is missing. Make the basemap anew, or bring the file back from a copy.`,
    };
  return new FileFault(join(folder, BASEMAP_FILE), error).text;
}

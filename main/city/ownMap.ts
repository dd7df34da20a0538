import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../contract/features/notices.ts';
import { type NamedPlace, PLACE_KINDS, placesOfMap } from '../../core/places/gazetteer.ts';
import { GraphShape } from '../../core/places/graphShape.ts';
import type { RoadGraph } from '../../core/places/roads.ts';
import { readFile } from '../config/catalogue.ts';
import { badFileNotices } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';

/** Where a hall's own map lies in its folder `city`: tiles, roads and names, made of one extract and put there whole. */
export const OWN_MAP = 'map';

const NO_ROADS: RoadGraph = { classes: [], names: [], nodes: [], edges: [], bends: [] };

const Places = z.array(
  z.object({
    id: z.string().min(1).max(200),
    kind: z.enum(PLACE_KINDS),
    zh: z.string().max(500),
    en: z.string().max(500),
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
  }),
);

/** The roads and names of a hall's own map, and what is to be said of their files. */
export interface OwnMap {
  readonly graph: RoadGraph;
  readonly places: readonly NamedPlace[];
  readonly notices: readonly Notice[];
}

/** @returns none where there is no map. Files that are wrong are named, and the hall goes without. */
export function readOwnMap(dir: string, rejects: Rejects, now: number): OwnMap {
  const notices: Notice[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>): T | null => {
    const file = join(dir, name);
    if (!existsSync(file)) return null;
    const answer = readFile(file, schema, rejects);
    if ('item' in answer) return answer.item;
    notices.push(...badFileNotices([answer.bad], now));
    return null;
  };
  const graph = read('roads.json', GraphShape) ?? NO_ROADS;
  return { graph, places: placesOfMap(read('places.json', Places) ?? [], graph), notices };
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AlarmRules } from '../../core/alarms/rules.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import { Kinds } from '../../main/city/kindsYaml.ts';
import { OwnFile } from '../../main/city/ownFile.ts';
import { HALL_YAML, HallYaml } from '../../main/config/hallYaml.ts';
import { SimulatorYaml } from '../../main/config/simulatorYaml.ts';
import { FeedConfig } from '../../main/feeds/registry.ts';
import { writeWhole } from '../../main/files/writeWhole.ts';
import { Gb28181Config } from '../../main/video/gb28181/config.ts';

/** Where a hall's folder has what its files may hold, for editors. */
export const SCHEMAS = '.schemas';

/** Each by the name of its file: `city` is of the folders `city` and `cameras`, which are read alike. */
const OF = {
  ...{ hall: HallYaml, simulator: SimulatorYaml, kinds: Kinds, city: OwnFile, gb28181: Gb28181Config },
  ...{ feeds: FeedConfig, rules: AlarmRules, plans: PlanTemplate },
} as const;
export type SchemaName = keyof typeof OF;

/** The line by which editors find the schema of a file. @param depth folders between the file and the hall's */
export const schemaLine = (name: SchemaName, depth: 0 | 1): string =>
  `# yaml-language-server: $schema=${depth === 0 ? '' : '../'}${SCHEMAS}/${name}.json`;

/**
 * What the files of a hall's folder may hold as JSON Schema, by the names of the files. Draft 7, which every editor understands; what it cannot
 * say, such as that ids are there and used once, the hall checks all the same.
 */
export function schemaFiles(version: string): Readonly<Record<`${SchemaName}.json`, string>> {
  const texts = Object.entries(OF).map(([name, schema]) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
    return [`${name}.json`, `${JSON.stringify({ $comment: `${BY}${version}`, ...json }, null, 1)}\n`];
  });
  return Object.fromEntries(texts) as Record<`${SchemaName}.json`, string>;
}

const BY = 'OpsHall ';

/** Writes the schemas of this version into a hall's folder, each whole or not at all. @throws the system's error */
export function writeSchemas(dataDir: string, version: string): void {
  for (const [name, text] of Object.entries(schemaFiles(version))) writeWhole(join(dataDir, SCHEMAS, name), text);
}

/**
 * Brings the schemas of a hall's folder up to this version: writes what is not there or was written by an earlier one. Those of a later version
 * stay.
 *
 * @returns whether anything was written; never in a folder without `hall.yaml`
 * @throws the system's error
 */
export function renewSchemas(dataDir: string, version: string): boolean {
  if (!existsSync(join(dataDir, HALL_YAML))) return false;
  const stale = Object.entries(schemaFiles(version)).filter(([name, text]) => {
    const there = textAt(join(dataDir, SCHEMAS, name));
    return there === null || (there !== text && !isLater(versionOf(there), version));
  });
  for (const [name, text] of stale) writeWhole(join(dataDir, SCHEMAS, name), text);
  return stale.length > 0;
}

function textAt(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Null of one that somebody damaged. */
const versionOf = (text: string): string | null => /"\$comment": "OpsHall (\d+\.\d+\.\d+)/.exec(text)?.[1] ?? null;

function isLater(version: string | null, than: string): boolean {
  if (version === null) return false;
  const [a, b] = [version, than].map((each) => each.split('.').map((part) => Number.parseInt(part, 10)));
  const differs = [0, 1, 2].find((i) => a?.[i] !== b?.[i]);
  return differs !== undefined && (a?.[differs] ?? 0) > (b?.[differs] ?? 0);
}

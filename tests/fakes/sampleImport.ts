import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Department } from '../../core/places/city.ts';
import { ImportError } from '../../main/city/import/importError.ts';
import { readMapping } from '../../main/city/import/mapping.ts';
import { type ImportOptions, type ImportPlan, planImport } from '../../main/city/import/plan.ts';
import type { ImportKind, Thing } from '../../main/city/import/things.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import type { Scratch } from '../support/scratch.ts';

/** Imports of made-up files, for tests. */

export const SAMPLE_DEPARTMENTS: readonly Department[] = [
  { id: 'water', zh: '澜港市水务局', en: 'Water Affairs Bureau', shortZh: '水务', shortEn: 'Water', phone: '96390' },
  { id: 'health', zh: '澜港市卫生健康局', en: 'Health Bureau', shortZh: '卫健', shortEn: 'Health', phone: '12320' },
  { id: 'police', zh: '澜港市公安局', en: 'Public Security Bureau', shortZh: '公安', shortEn: 'Police', phone: '110' },
  {
    id: 'traffic',
    zh: '澜港市公安局交警大队',
    en: 'Traffic Police',
    shortZh: '交警',
    shortEn: 'Traffic',
    phone: '122',
  },
];

/** Plans the import of a file of that name and content, and with a mapping of that text, into a hall's folder within `folder`. */
export async function planSample(
  folder: string,
  kind: ImportKind,
  content: string | Buffer,
  { name = '表.csv', mapping, ...options }: ImportOptions & { name?: string; mapping?: string } = {},
): Promise<ImportPlan> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const mappingFile = join(folder, 'm.yaml');
  if (mapping !== undefined) writeFileSync(mappingFile, mapping);
  return planImport({
    dataDir: join(folder, 'data'),
    kind,
    file,
    mapping: mapping === undefined ? undefined : readMapping(mappingFile),
    options: { departments: SAMPLE_DEPARTMENTS, ...options },
  });
}

/** {@link planSample}, each in a folder of its own. */
export const plansIn =
  (scratch: Pick<Scratch, 'folder'>) =>
  (kind: ImportKind, content: string | Buffer, options: Parameters<typeof planSample>[3] = {}): Promise<ImportPlan> =>
    planSample(scratch.folder('plan'), kind, content, options);

/** Why an import is refused, said in both languages. */
export async function refusalOf(planned: Promise<ImportPlan>): Promise<ImportError> {
  const error = await planned.then(
    () => new Error('taken'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ImportError)) throw error;
  const half = [error.said.message, error.said.remedy].map(halfSaid);
  if (half.some((said) => said !== null)) throw new Error(`half is said: ${half.join(' ')}`);
  return error;
}

/** What would be written. */
export const thingsOf = ({ text, kind }: ImportPlan): Thing[] =>
  (JSON.parse(text) as Record<string, Thing[]>)[kind] ?? [];

/** What is wrong, in short. */
export const wrongOf = ({ wrong }: ImportPlan): string[] =>
  wrong.map(({ row, column, why }) => `${row} ${column}: ${why.en}`);

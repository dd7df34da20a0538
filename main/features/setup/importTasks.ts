import { applyImport, undoImport } from '../../city/import/apply.ts';
import { type ImportOptions, planImport } from '../../city/import/plan.ts';
import type { ImportKind } from '../../city/import/things.ts';
import { previewOf } from './preview.ts';

/** What is to be imported. */
export interface ImportOrder {
  /** The hall's folder. */
  readonly dataDir: string;
  readonly kind: ImportKind;
  readonly file: string;
  readonly options: ImportOptions;
}

/**
 * What a thread does of an import, by name: reading a large table takes seconds. Orders and answers are plain data.
 *
 * @throws ImportError
 */
export const IMPORT_TASKS = {
  plan: async (order: ImportOrder) => previewOf(await planImport(order)),
  async import({ now, ...order }: ImportOrder & { readonly now: number }) {
    const plan = await planImport(order);
    const { written } = applyImport(plan, now);
    return { written, name: plan.name };
  },
  undo({ dataDir, name }: { readonly dataDir: string; readonly name: string }) {
    const { removed } = undoImport(dataDir, name);
    return { removed };
  },
} as const;

export type ImportTasks = typeof IMPORT_TASKS;

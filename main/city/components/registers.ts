import { basename } from 'node:path';
import type { Notice } from '../../../contract/features/notices.ts';
import type { Component, ComponentBox } from '../../../core/places/component.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import {
  type ComponentsReader,
  type NearComponent,
  openComponentsFile,
} from '../../../native/sqlite/componentsReader.ts';
import { badFileNotices } from '../../notices/configuration.ts';
import { componentFiles } from './componentFiles.ts';

/** The components of a hall: a register a file, read where somebody looks, and never as a whole. */
export interface Registers {
  /**
   * A page of those in a box: register after register, each in its own order.
   *
   * @returns null where there is no `after`
   */
  within(
    box: ComponentBox,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): { readonly rows: readonly Component[]; readonly total: number; readonly more: string | null } | null;
  /** The nearest first, `most` of them, none farther than so many metres. */
  near(at: LonLat, radius: number, most: number): readonly NearComponent[];
  /** Of two registers that have one id, the first of them by name. */
  one(id: string): Component | null;
  close(): void;
}

/**
 * Opens the registers of a hall's folder. One that cannot be read is named, and the others are in use.
 *
 * @param now wall ms
 */
export function openRegisters(dataDir: string, now: number): { registers: Registers; notices: Notice[] } {
  const open: ComponentsReader[] = [];
  const notices: Notice[] = [];
  for (const file of componentFiles(dataDir)) {
    try {
      open.push(openComponentsFile(file));
    } catch (error) {
      notices.push(...badFileNotices([brokenFile(file, error)], now));
    }
  }
  return { registers: registersOf(open), notices };
}

function registersOf(open: readonly ComponentsReader[]): Registers {
  return {
    within(box, { limit, after }) {
      const begin = beginOf(after);
      if (begin === null) return null;
      const rows = new Map<string, Component>();
      let [total, more]: [number, string | null] = [0, null];
      for (const [i, register] of open.entries()) {
        // What lies before the page, and behind it, is counted alone.
        const wanted = i < begin.register || more !== null ? 0 : limit - rows.size;
        const page = register.within(box, { limit: wanted, after: i === begin.register ? begin.after : undefined });
        if (page === null) return null;
        total += page.total;
        for (const row of page.rows) if (!rows.has(row.id)) rows.set(row.id, row);
        if (page.more && i >= begin.register) more ??= `${i}/${page.rows.at(-1)?.id ?? ''}`;
      }
      return { rows: [...rows.values()], total, more };
    },
    near: (at, radius, most) =>
      open
        .flatMap((register) => register.near(at, radius, most))
        .sort((a, b) => a.metres - b.metres)
        .slice(0, most),
    one(id) {
      for (const register of open) {
        const found = register.one(id);
        if (found !== null) return found;
      }
      return null;
    },
    close() {
      for (const register of open) register.close();
    },
  };
}

/** Where a page begins: in which register, and behind which of its components. Null for what no page before has said. */
function beginOf(after: string | undefined): { register: number; after: string | undefined } | null {
  if (after === undefined) return { register: 0, after: undefined };
  const [, register, last] = /^(\d{1,6})\/(.*)$/s.exec(after) ?? [];
  if (register === undefined) return null;
  return { register: Number(register), after: last === '' ? undefined : last };
}

const brokenFile = (file: string, error: unknown) => ({
  file,
  message: {
    zh: `${file}：不是可用的部件库（${basename(file)}）`,
    en: `${file}: is no register of components that can be read (${error instanceof Error ? error.message : String(error)})`,
  },
  remedy: { zh: '请重新导入，或撤销上次导入', en: 'Import it again, or undo the last import.' },
});

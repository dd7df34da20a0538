import { LAYOUTS, type LayoutName } from '../../desk/layout.ts';
import type { Splits } from './splits.ts';

/** What a seat has made of its workspace on this PC. */
export interface Kept {
  readonly layout: LayoutName;
  /** Sizes set by hand, by the situation they were set in: see `situationOf`. */
  readonly sizes: Readonly<Record<string, Partial<Splits>>>;
  /** Places that show their head alone. */
  readonly collapsed: readonly string[];
}

export const NOTHING_KEPT: Kept = { layout: 'auto', sizes: {}, collapsed: [] };

const LEAST = 5;
const NAMES = ['rows', 'top', 'tall', 'right', 'bottom'] as const satisfies readonly (keyof Splits)[];
const SITUATION = /^[0123]{4}$/;

/** Where a seat's layout is kept. */
export function keptUnder(seat: string): string {
  return `opshall.workspace.${seat}`;
}

/** Reads what was stored. What is not a layout, sizes adding up to about 100, or a place is left out. */
export function readKept(stored: string | null): Kept {
  const read = parse(stored);
  const layout = LAYOUTS.find((name) => name === Reflect.get(read, 'layout')) ?? 'auto';
  const sizes: Record<string, Partial<Splits>> = {};
  for (const [situation, of] of Object.entries(Object(Reflect.get(read, 'sizes')))) {
    if (!SITUATION.test(situation) || typeof of !== 'object' || of === null) continue;
    sizes[situation] = Object.fromEntries(NAMES.flatMap((name) => pairs(name, Reflect.get(of, name))));
  }
  const collapsed: unknown = Reflect.get(read, 'collapsed');
  return { layout, sizes, collapsed: Array.isArray(collapsed) ? collapsed.filter((it) => typeof it === 'string') : [] };
}

function pairs(name: keyof Splits, value: unknown): [keyof Splits, readonly [number, number]][] {
  if (!Array.isArray(value) || value.length !== 2) return [];
  const [a, b]: unknown[] = value;
  if (typeof a !== 'number' || typeof b !== 'number') return [];
  return a >= LEAST && b >= LEAST && Math.abs(a + b - 100) < 1 ? [[name, [a, b]]] : [];
}

function parse(stored: string | null): object {
  try {
    const read: unknown = JSON.parse(stored ?? '{}');
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

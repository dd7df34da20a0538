import type { ComponentRow } from '../../../../contract/features/places.ts';
import type { ComponentBox } from '../../../../core/places/component.ts';

/** Degrees that a cell is wide and high: some 1 km. */
const CELL = 0.01;
/** The least that components are told apart by: 1e-7°, as the hall stores them. */
const LEAST = 1e-7;
/** Cells that are asked for in one view, and components that are kept of all that were looked at. */
const MOST_CELLS = 40;
const MOST_KEPT = 40_000;
/** Components of one cell: more are not told apart on a screen. */
const MOST_OF_CELL = 10_000;

/** A page of the hall's components in a box. */
type AskPage = (
  box: ComponentBox,
  after: string | undefined,
) => Promise<{ readonly rows: readonly ComponentRow[]; readonly more: string | null }>;

/** The components around what a map looks at: cell by cell, and no more of them than a window holds. */
export interface ComponentCells {
  /**
   * Asks for what of a view is not there yet, the middle of it first. A later call ends an earlier one.
   *
   * @returns whether there is something else to draw; undefined where a later call took its place
   * @throws ContractError when the hall does not answer; what came stays
   */
  look(view: ComponentBox): Promise<boolean | undefined>;
  /** Of every cell that is kept. */
  rows(): readonly ComponentRow[];
}

interface Cell {
  readonly key: string;
  readonly box: ComponentBox;
  /** From the middle of the view, in cells. */
  readonly far: number;
}

export function createComponentCells(ask: AskPage): ComponentCells {
  /** The one that was looked at longest ago is the first. */
  const kept = new Map<string, readonly ComponentRow[]>();
  let looks = 0;

  async function whole(box: ComponentBox, isOver: () => boolean): Promise<ComponentRow[] | null> {
    const rows: ComponentRow[] = [];
    for (let after: string | undefined; ; ) {
      const page = await ask(box, after);
      if (isOver()) return null;
      rows.push(...page.rows);
      if (page.more === null || rows.length >= MOST_OF_CELL) return rows;
      after = page.more;
    }
  }

  /** Forgets what was looked at longest ago, and nothing of this view. */
  function forget(view: ReadonlySet<string>): void {
    let count = 0;
    for (const rows of kept.values()) count += rows.length;
    for (const [key, rows] of kept) {
      if (count <= MOST_KEPT || view.has(key)) return;
      kept.delete(key);
      count -= rows.length;
    }
  }

  return {
    async look(view) {
      const mine = ++looks;
      const isOver = () => mine !== looks;
      const cells = cellsIn(view);
      const keys = new Set(cells.map(({ key }) => key));
      let changed = false;
      for (const { key, box } of cells) {
        const rows = kept.get(key) ?? (await whole(box, isOver));
        if (rows === null) return undefined;
        changed ||= !kept.has(key) && rows.length > 0;
        kept.delete(key);
        kept.set(key, rows);
      }
      forget(keys);
      return changed;
    },
    rows: () => [...kept.values()].flat(),
  };
}

/** The cells of a view, those in its middle first. */
export function cellsIn({ west, south, east, north }: ComponentBox): Cell[] {
  const first = (degrees: number) => Math.floor(degrees / CELL);
  const middle = [(west + east) / 2 / CELL - 0.5, (south + north) / 2 / CELL - 0.5] as const;
  const cells: Cell[] = [];
  for (let x = first(west); x <= first(east); x++)
    for (let y = first(south); y <= first(north); y++) {
      const box = { west: x * CELL, south: y * CELL, east: (x + 1) * CELL - LEAST, north: (y + 1) * CELL - LEAST };
      cells.push({ key: `${x}/${y}`, box, far: Math.hypot(x - middle[0], y - middle[1]) });
    }
  return cells.sort((a, b) => a.far - b.far).slice(0, MOST_CELLS);
}

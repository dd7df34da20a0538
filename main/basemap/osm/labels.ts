import type { Text } from '../../../core/words.ts';
import { type FeatureStore, POINT } from '../tiling/featureStore.ts';
import { middleOf, type PointList, type WorldPoint } from './shapes/geometry.ts';
import type { LineList } from './shapes/lineList.ts';
import { CITY_LABEL, type LabelKind, RIVER_LABEL, UNDERPASS_LABEL } from './tags/labels.ts';

interface Label extends WorldPoint {
  readonly is: LabelKind;
  readonly name: Text;
  /** Whether it's of a town: the largest of them is the city where the file has none. */
  readonly population: number | null;
}

/** Names of one river are written no nearer together than this; world units, about 4 km. */
const RIVER_APART = 110_000;
/** Rivers shorter than about 400 m are not named. */
const LEAST_RIVER = 11_000;

const SETTLEMENTS: ReadonlySet<string> = new Set(['city', 'street', 'community']);
/** About 2 km. */
const SAME_APART = 54_000;

/** Names that are written on the map at a point. */
export class Labels {
  readonly #labels: Label[] = [];
  readonly #names = new Set<string>();
  readonly #apart = new Map<string, WorldPoint[]>();

  /** A place that is drawn both as a point and as an area is named once. */
  add(is: LabelKind, name: Text, { x, y }: WorldPoint, population: number | null = null): void {
    const group = SETTLEMENTS.has(is.kind) ? 'settlement' : is.kind;
    if (!this.#isApart(`${group} ${name.zh}`, { x, y }, SAME_APART)) return;
    this.#labels.push({ is, name, x, y, population });
    this.#names.add(name.zh);
  }

  /** Adds the name of an area; false when it's there already, from its place. */
  addUnlessNamed(is: LabelKind, name: Text, at: WorldPoint): boolean {
    if (this.#names.has(name.zh)) return false;
    this.add(is, name, at);
    return true;
  }

  addUnderpass(name: Text, at: WorldPoint): void {
    this.add(UNDERPASS_LABEL, name, at);
  }

  /** Rivers have their names at the middle of their lines. */
  addRivers(store: FeatureStore, lines: LineList): void {
    for (let i = 0; i < lines.count; i++) {
      const name = lines.styles[lines.styleOf.at(i)]?.river;
      if (!name) continue;
      const line = lines.line(i);
      const at = middleOf(store.points, line);
      if (lengthOf(store, line) >= LEAST_RIVER && this.#isApart(`along ${name.zh}`, at, RIVER_APART))
        this.add(RIVER_LABEL, name, at);
    }
  }

  #isApart(name: string, at: WorldPoint, least: number): boolean {
    const before = this.#apart.get(name) ?? [];
    if (before.some(({ x, y }) => Math.hypot(x - at.x, y - at.y) < least)) return false;
    this.#apart.set(name, [...before, at]);
    return true;
  }

  /** Puts all of them into the store. */
  store(store: FeatureStore): void {
    const city = this.#labels.some(({ is }) => is.kind === 'city') ? null : largestTown(this.#labels);
    for (const label of this.#labels) {
      const { kind, rank, minZoom } = label === city ? CITY_LABEL : label.is;
      store.add({
        layer: 'labels',
        shape: POINT,
        attributes: store.table.add({ kind, zh: label.name.zh, en: label.name.en, rank }),
        minZoom,
        order: rank,
        parts: [[store.points.add(label.x, label.y)]],
      });
    }
  }
}

function largestTown(labels: readonly Label[]): Label | null {
  const towns = labels.filter(({ population }) => population !== null);
  return towns.reduce<Label | null>(
    (best, town) => ((town.population ?? 0) > (best?.population ?? -1) ? town : best),
    null,
  );
}

function lengthOf({ points: { x, y } }: FeatureStore, line: PointList): number {
  let sum = 0;
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i] as number, line[i + 1] as number];
    sum += Math.hypot(x.at(b) - x.at(a), y.at(b) - y.at(a));
  }
  return sum;
}

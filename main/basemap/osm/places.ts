import type { NamedPlace } from '../../../core/places/gazetteer.ts';
import { latOf, lonOf } from '../tiling/mercator.ts';
import type { WorldPoint } from './shapes/geometry.ts';
import type { SkipCount } from './skipped.ts';
import { ADDRESS_RANK, type FoundPlace } from './tags/places.ts';

/** More than this and a search would be felt: every one of them is looked at. */
export const MOST_PLACES = 100_000;
export const MOST_ADDRESSES = 100_000;
/** Many bridges and lanes of one bridge, or entrances of one building: the same name nearer than about 250 m is one place. */
const ONE_PLACE = 6700;

/** Places that are found by name, the more asked for first. */
export class Places {
  readonly #byRank: NamedPlace[][] = [];
  readonly #known = new Map<string, WorldPoint[]>();
  readonly #skipped: SkipCount;
  readonly #mostAddresses: number;
  #addresses = 0;

  constructor(skipped: SkipCount, mostAddresses = MOST_ADDRESSES) {
    this.#skipped = skipped;
    this.#mostAddresses = mostAddresses;
  }

  add(id: string, found: FoundPlace, at: WorldPoint): void {
    const isAddress = found.rank === ADDRESS_RANK;
    if (isAddress && this.#addresses >= this.#mostAddresses) {
      this.#skipped.add('addresses');
      return;
    }
    if (this.#isKnown(found, at)) return;
    if (isAddress) this.#addresses++;
    const { zh, en } = found.name;
    const list = this.#byRank[found.rank] ?? [];
    this.#byRank[found.rank] = list;
    list.push({ id, kind: found.kind, zh, en, lon: rounded(lonOf(at.x)), lat: rounded(latOf(at.y)) });
  }

  #isKnown({ name, kind }: FoundPlace, at: WorldPoint): boolean {
    const key = `${kind} ${name.zh}`;
    const before = this.#known.get(key);
    if (before?.some(({ x, y }) => Math.hypot(x - at.x, y - at.y) < ONE_PLACE)) return true;
    if (before) before.push({ x: at.x, y: at.y });
    else this.#known.set(key, [{ x: at.x, y: at.y }]);
    return false;
  }

  /** All of them, or the first so many and the addresses. */
  list(most = MOST_PLACES): NamedPlace[] {
    const addresses = this.#byRank[ADDRESS_RANK] ?? [];
    const places = this.#byRank.flatMap((list, rank) => (rank === ADDRESS_RANK ? [] : (list ?? [])));
    this.#skipped.add('named places', places.length - most);
    return [...places.slice(0, most), ...addresses];
  }
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

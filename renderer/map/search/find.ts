import type { LonLat } from '../../../core/places/geo.ts';

export type FoundKind = 'place' | 'facility' | 'road' | 'camera' | 'unit' | 'sensor' | 'incident' | 'alarm' | 'grid';

/** One thing that can be found by name. */
export interface Findable {
  kind: FoundKind;
  id: string;
  zh: string;
  en: string;
  /** Null for what moves: it is looked up when it is chosen. */
  at: LonLat | null;
}

/** Things ready to be searched: their names are folded once. */
interface FindIndex {
  readonly size: number;
  /** The best `limit`, best first. */
  find(query: string, limit: number): Findable[];
}

const KIND_ORDER: readonly FoundKind[] = [
  'incident',
  'alarm',
  'place',
  'facility',
  'road',
  'camera',
  'sensor',
  'unit',
  'grid',
];

/**
 * Finds by Chinese name, English name or code, in any order of words. A whole name comes before a beginning, that before the
 * beginning of a word, that before the middle of one; then shorter names, then the kinds people mean most often.
 */
export function createFindIndex(things: readonly Findable[]): FindIndex {
  const folded = things.map(namesOf);
  return {
    size: things.length,
    find(query, limit) {
      const words = fold(query).split(' ').filter(Boolean);
      if (words.length === 0) return [];
      const hits: { thing: Findable; score: number }[] = [];
      things.forEach((thing, i) => {
        let best = Number.POSITIVE_INFINITY;
        for (const name of folded[i] ?? []) best = Math.min(best, rank(name, words));
        if (best < Number.POSITIVE_INFINITY) hits.push({ thing, score: best + KIND_ORDER.indexOf(thing.kind) / 100 });
      });
      return hits
        .sort((a, b) => a.score - b.score)
        .slice(0, limit)
        .map((hit) => hit.thing);
    },
  };
}

/** A thing's names, folded once however many indexes it comes into. */
const folds = new WeakMap<Findable, readonly string[]>();

function namesOf(thing: Findable): readonly string[] {
  const known = folds.get(thing) ?? [fold(thing.zh), fold(thing.en), fold(thing.id)];
  folds.set(thing, known);
  return known;
}

/** Lower case, full-width letters and digits made narrow, punctuation made a space. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
}

function rank(name: string, words: readonly string[]): number {
  let worst = 0;
  for (const word of words) {
    const at = name.indexOf(word);
    if (at < 0) return Number.POSITIVE_INFINITY;
    const score = name === word ? 0 : at === 0 ? 1 : name[at - 1] === ' ' ? 2 : 3;
    worst = Math.max(worst, score);
  }
  return worst + Math.min(0.9, name.length / 200);
}

import type { ComponentType } from 'react';
import type { Selection } from '../../../contract/features/seats.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import { fold } from '../../../core/search/fold.ts';

/** A kind of things that can be found. */
export interface FindKind {
  readonly kind: string;
  /** Among equals, 1 is what people mean most often; each number once. */
  readonly order: number;
  /** i18n key of its name. */
  readonly label: string;
  readonly icon: ComponentType<{ size: string; 'aria-hidden': 'true' }>;
  /** How near the map goes to one, at least. */
  readonly zoom: number;
  /** What choosing one selects. */
  readonly selects: Selection['kind'];
}

/** One thing that can be found by name. */
export interface Findable {
  /** One of the kinds that layers declare. */
  kind: string;
  id: string;
  zh: string;
  en: string;
  /** Null for what moves: it is looked up when it is chosen. */
  at: LonLat | null;
  /** What was typed when somebody else found it: it answers that, whatever its name is. */
  foundBy?: string;
}

/** Beside a beginning of a name, what somebody else found stands after it. */
const FOUND = 1.5;

/** Things ready to be searched: their names are folded once. */
interface FindIndex {
  readonly size: number;
  /** The best `limit`, best first. */
  find(query: string, limit: number): Findable[];
}

/**
 * Finds by Chinese name, English name or code, in any order of words. A whole name comes before a beginning, that before the
 * beginning of a word, that before the middle of one; then shorter names, then the kinds people mean most often.
 */
export function createFindIndex(things: readonly Findable[], kinds: ReadonlyMap<string, FindKind>): FindIndex {
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
        if (thing.foundBy !== undefined && fold(thing.foundBy) === words.join(' ')) best = Math.min(best, FOUND);
        if (best < Number.POSITIVE_INFINITY)
          hits.push({ thing, score: best + (kinds.get(thing.kind)?.order ?? 0) / 100 });
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

import { fold } from '../search/fold.ts';
import { createPinyinInitials } from '../search/initials.ts';
import { bearingDeg, distanceM, type LonLat } from './geo.ts';
import type { RoadGraph } from './roads.ts';

/** What a named place is; among equals the first is what people mean most often. */
export const PLACE_KINDS = ['place', 'facility', 'road', 'crossing', 'grid'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** A place of the city that has a name. */
export interface NamedPlace extends LonLat {
  readonly id: string;
  readonly kind: PlaceKind;
  readonly zh: string;
  readonly en: string;
}

/** Crossings of the same two roads nearer together than this are one: the two ends of a ramp, both sides of a wide road. */
const ONE_CROSSING_M = 300;
/** Roads that meet there, at most, as pairs. */
const MOST_MEETING = 4;

/** Everything of a map that has a name: these places, its roads and where they cross. */
export function placesOfMap(places: readonly NamedPlace[], graph: RoadGraph): NamedPlace[] {
  return toldApart([...places, ...roads(graph), ...crossings(graph)]);
}

/** Clockwise from north, an eighth of the circle each. */
const DIRECTIONS = [
  { zh: '北', en: 'north' },
  { zh: '东北', en: 'north-east' },
  { zh: '东', en: 'east' },
  { zh: '东南', en: 'south-east' },
  { zh: '南', en: 'south' },
  { zh: '西南', en: 'south-west' },
  { zh: '西', en: 'west' },
  { zh: '西北', en: 'north-west' },
] as const;

/**
 * Places of one kind and name (a ring road crosses another twice) each with what tells it from the others: in which direction from their
 * middle it is, or its number where that does not tell them all apart.
 */
function toldApart(places: readonly NamedPlace[]): NamedPlace[] {
  const named = Map.groupBy(places, ({ kind, zh }) => `${kind} ${zh}`);
  return places.map((place) => {
    const same = named.get(`${place.kind} ${place.zh}`) ?? [];
    if (same.length < 2) return place;
    const middle = {
      lon: same.reduce((sum, { lon }) => sum + lon, 0) / same.length,
      lat: same.reduce((sum, { lat }) => sum + lat, 0) / same.length,
    };
    const directionOf = (each: LonLat) => Math.round(bearingDeg(middle, each) / 45) % DIRECTIONS.length;
    const number = String(same.indexOf(place) + 1);
    const told = new Set(same.map(directionOf)).size === same.length ? DIRECTIONS[directionOf(place)] : undefined;
    const { zh, en } = told ?? { zh: number, en: number };
    return { ...place, zh: `${place.zh}（${zh}）`, en: `${place.en} (${en})` };
  });
}

/** Each road by its name, at the one of its nodes that is nearest to its middle. */
function roads({ names, edges, nodes }: RoadGraph): NamedPlace[] {
  const of = new Map<number, Set<number>>();
  for (const [a, b, , , name] of edges) of.set(name, (of.get(name) ?? new Set()).add(a).add(b));
  return [...of].flatMap(([name, on]): NamedPlace[] => {
    const { zh = '', en = '' } = names[name] ?? {};
    const points = [...on].flatMap((node) => nodes[node] ?? []);
    const many = points.length / 2;
    if (zh === '' || many === 0) return [];
    const middle = { lon: 0, lat: 0 };
    points.forEach((value, i) => {
      if (i % 2 === 0) middle.lon += value / many;
      else middle.lat += value / many;
    });
    const at = [...on]
      .map((node) => placeOf(nodes[node]))
      .reduce((best, each) => (distanceM(each, middle) < distanceM(best, middle) ? each : best));
    return [{ id: `road:${name}`, kind: 'road', zh, en, ...at }];
  });
}

/** Where two roads of different names meet. */
function crossings({ names, edges, nodes }: RoadGraph): NamedPlace[] {
  const meeting = new Map<number, Set<number>>();
  for (const [a, b, , , name] of edges)
    for (const node of [a, b]) meeting.set(node, (meeting.get(node) ?? new Set()).add(name));
  const known = new Map<string, LonLat[]>();
  return [...meeting].flatMap(([node, at]) => {
    const place = placeOf(nodes[node]);
    const here = [...at].sort((a, b) => a - b).slice(0, MOST_MEETING);
    return here.flatMap((a, i) =>
      here.slice(i + 1).flatMap((b): NamedPlace[] => {
        const [one, other] = [names[a], names[b]];
        if (!one || !other || one.zh === other.zh) return [];
        const before = known.get(`${a}/${b}`) ?? [];
        if (before.some((there) => distanceM(there, place) < ONE_CROSSING_M)) return [];
        known.set(`${a}/${b}`, [...before, place]);
        const id = `crossing:${a}.${b}${before.length === 0 ? '' : `.${before.length + 1}`}`;
        return [{ id, kind: 'crossing', zh: `${one.zh}与${other.zh}路口`, en: `${one.en} and ${other.en}`, ...place }];
      }),
    );
  });
}

function placeOf([lon, lat]: readonly [number, number] = [0, 0]): LonLat {
  return { lon, lat };
}

/** Finds named places. */
export interface Gazetteer {
  /** The best `limit`, best first. */
  find(text: string, limit: number): NamedPlace[];
  one(id: string): NamedPlace | undefined;
}

/** Words that only join the names of a crossing, or say that it is one. */
const JOINING = /与|和|及|交叉口|路口|(?<=\s|^)(?:and|x|crossing)(?=\s|$)|[&×+]/gu;
/** What is left of a name when what joins is gone would be another name: `和平路` stays. */
const joined = (text: string): string => fold(text.replace(JOINING, ' '));

/**
 * Finds by Chinese name, English name, code or initials of the Pinyin, in any order of words: of a crossing by the names of its roads,
 * however they are joined. A whole name comes before a beginning, that before the middle of one; then shorter names, then by kind.
 */
export function createGazetteer(places: readonly NamedPlace[]): Gazetteer {
  const initials = createPinyinInitials();
  const byId = new Map(places.map((place) => [place.id, place]));
  const entries = places.map((place) => ({
    place,
    names: [fold(place.zh), fold(place.en), fold(place.id)],
    letters: initials.ofName(place.zh),
  }));

  const score = ({ names, letters, place }: (typeof entries)[number], words: readonly string[]): number => {
    const whole = words.join(' ');
    let best = Number.POSITIVE_INFINITY;
    for (const name of names) best = Math.min(best, name === whole ? 0 : worst(words, (word) => standing(name, word)));
    // Letters that are initials are not also part of an English name.
    if (words.length === 1 && /^[a-z]{2,12}$/.test(words[0] ?? ''))
      best = Math.min(best, standing(letters, words[0] ?? '') + 0.5);
    return best + Math.min(0.9, place.zh.length / 200) + PLACE_KINDS.indexOf(place.kind) / 100;
  };

  const look = (text: string): { place: NamedPlace; score: number }[] => {
    const words = text.split(' ').filter(Boolean);
    if (words.length === 0) return [];
    return entries.flatMap((entry) => {
      const its = score(entry, words);
      return its < Number.POSITIVE_INFINITY ? [{ place: entry.place, score: its }] : [];
    });
  };

  return {
    one: (id) => byId.get(id),
    find(text, limit) {
      const whole = look(fold(text));
      const found = whole.length > 0 ? whole : look(joined(text));
      return found
        .sort((a, b) => a.score - b.score)
        .slice(0, limit)
        .map(({ place }) => place);
    },
  };
}

function worst(words: readonly string[], of: (word: string) => number): number {
  return words.reduce((most, word) => Math.max(most, of(word)), 0);
}

/** 0 the whole name, 1 its beginning, 2 that of a word, 3 the middle of one; infinite where it is not in it. */
function standing(name: string, word: string): number {
  const at = name.indexOf(word);
  if (at < 0) return Number.POSITIVE_INFINITY;
  if (name === word) return 0;
  return at === 0 ? 1 : name[at - 1] === ' ' ? 2 : 3;
}
